"""Scripts whose letters change shape or order with their neighbours."""
