"""landscape2's files, in and out: `importing` brings a data file into a landscape, `exporting` makes one."""

from interop_landscape.exchange.landscape2.exporting import landscape2_files

__all__ = ["landscape2_files"]
