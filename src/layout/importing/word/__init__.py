"""Word's .docx: package, styles, numbering, paragraphs, drawings."""
