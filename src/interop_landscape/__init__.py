"""Map which AI frameworks interoperate with what, and compute the gaps.

The public Python API is `Landscape`: docs/from-python.md.
"""

from interop_landscape.public import Landscape

__version__ = "0.1.0"
__all__ = ["Landscape", "__version__"]
