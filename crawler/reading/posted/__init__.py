"""When an article was posted: every date a page shows or hands to machines, weighed against the others."""
