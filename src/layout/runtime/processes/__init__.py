"""Processes: subprocess and forked workers, programs with bounded memory, the end of the command."""
