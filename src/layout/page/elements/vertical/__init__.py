"""What stands in a vertical article (直排): its headline, pull quotes, pictures and tables."""
