"""Which line of a page is its headline, and what titles tell by their words."""
