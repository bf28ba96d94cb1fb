"""A story's text is filled into its columns: blocks, filling, levelling, runaround, jumps."""
