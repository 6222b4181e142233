"""Map which AI frameworks interoperate with what, and compute the gaps.

``Landscape.load("landscape").graph()`` is the public Python API: a networkx multigraph of the edges.
"""

from interop_landscape.public import Landscape

__version__ = "0.1.0"
__all__ = ["Landscape", "__version__"]
