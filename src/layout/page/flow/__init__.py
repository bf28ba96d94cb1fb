"""Text flows through columns: blocks, filling, levelling, runaround, jumps."""
