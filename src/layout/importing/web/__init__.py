"""HTML: the article of a page."""
