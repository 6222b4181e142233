"""The published site: stage Markdown and assets, run the engine, stamp the pages, serve."""
