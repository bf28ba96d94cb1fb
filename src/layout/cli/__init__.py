"""The command `layout`: one module a command."""
