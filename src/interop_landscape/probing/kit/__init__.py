"""What probes import. This folder, and nothing else of the package, is on the path of a probe that runs."""
