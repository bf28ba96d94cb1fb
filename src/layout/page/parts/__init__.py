"""What has been set and has no place on a page yet: text and headline blocks, charts, text of stories. Data only."""
