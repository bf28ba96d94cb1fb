"""Charts from numbers: plotted by matplotlib, printed in the style's inks and faces."""
