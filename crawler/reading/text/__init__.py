"""Where an article's own text stands on its page, and that text cleaned of what is none of it."""
