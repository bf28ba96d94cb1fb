"""Tagged PDF: the structure tree, rows of tables, links."""
