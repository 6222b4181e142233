"""What leaves the program, declared once: from each declaration its JSON, schema, columns and details are derived."""
