"""Results as tables for people, and as JSON, CSV and Markdown for everything else."""
