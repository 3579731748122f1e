"""The heart: documents and what may be done with them."""
