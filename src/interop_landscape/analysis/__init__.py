"""Pure functions of a landscape: routes, gaps, fixes, scores. Nothing here reads a file, prints or exits."""
