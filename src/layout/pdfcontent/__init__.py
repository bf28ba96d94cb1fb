"""PDF content read: statements, graphics state, colour spaces, text, painted marks."""
