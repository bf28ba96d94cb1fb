"""What every stage stands on: limits, the gate to the file system, whole files."""
