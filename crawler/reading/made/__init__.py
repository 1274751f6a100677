"""Who made an article and where it was taken from: every byline and source a page shows, and the best of them."""
