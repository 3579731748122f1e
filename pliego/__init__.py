"""Pliego: a home for PDFs."""
