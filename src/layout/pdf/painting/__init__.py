"""The composition painted into page content: lines, boxes, pictures, printer's marks."""
