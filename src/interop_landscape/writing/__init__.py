"""Files of a landscape, brought to canonical form, mended and begun."""
