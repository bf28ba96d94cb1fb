"""A folder of manuscripts goes into an issue at once, and again when their authors send new versions."""
