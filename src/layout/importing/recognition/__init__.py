"""What a paragraph of a manuscript is: headline, byline, caption, name list, boilerplate, a row of a table's head."""
