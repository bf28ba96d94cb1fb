"""Tools for the editor: preview in a browser, proofs, new issues, automatic fixes."""
