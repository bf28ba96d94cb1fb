"""Page furniture, drawn by templates of the style: nameplate, folio line, teasers."""
