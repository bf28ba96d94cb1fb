"""The map of a page: areas, the columns in them, and the threads of text through them."""
