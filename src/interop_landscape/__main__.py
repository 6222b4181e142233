"""``python -m interop_landscape`` is the `landscape` command."""

from interop_landscape.cli import main

main()
