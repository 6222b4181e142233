"""The only floor that asks other hosts; everything else works without a network."""
