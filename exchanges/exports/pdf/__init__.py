"""PDF documents with embedded fonts and the same bytes for the same input.

The typeface is registered before anything can import platypus, which otherwise brings in a
Helvetica that is not embedded.
"""

from exchanges.exports.pdf import typeface

__all__ = ["typeface"]
