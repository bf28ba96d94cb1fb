"""The editor's desk: the preview in a browser, proofs, a new issue, and the small remedies."""
