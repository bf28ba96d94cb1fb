"""What stands on a page beside running text: headlines, pictures, tables, charts, lists, quotes, boxes, rules."""
