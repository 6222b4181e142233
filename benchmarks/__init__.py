"""Measurements: landscapes of any size, and how long the program takes on them."""
