"""A page as a flat outline of blocks, and which of them are the site's own furniture, not a story's."""
