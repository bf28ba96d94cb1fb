"""What has been set and has no place on a page yet: text blocks, headline blocks, charts, the text of a story. Data only."""
