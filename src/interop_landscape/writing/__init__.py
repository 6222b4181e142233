"""Files of a landscape, brought to canonical form, fixed and begun."""
