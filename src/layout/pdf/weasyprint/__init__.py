"""The one adapter to WeasyPrint, which draws furniture from HTML and CSS."""
