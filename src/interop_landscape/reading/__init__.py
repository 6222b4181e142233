"""From a folder to checked models: bytes, YAML nodes with positions, values of the schema."""
