"""Pliego: a home for PDFs."""

__version__ = "0.1.0"
