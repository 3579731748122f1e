"""The fields of the index.

Every page is a record of its own and carries the fields of its document; the record with number 0 is the document
itself, so that it is found with no page read. No text that a person could read is stored: snippets are cut from the
text that the caller holds.
"""

import tantivy

from pliego.search import analysis

SHAPE = "1"
"""Goes up when entries change their shape."""
VERSION = f"{SHAPE}.{analysis.VERSION}"
"""Of an index: another analysis makes other words of a text."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Raw text, never a number: deleting by a Python int silently deletes nothing.
    builder.add_text_field("key", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    for name in ("folded", "title", "author", "about"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("stemmed", "bag"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("suggest", "band"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("profile", stored=True)
    builder.add_unsigned_field("document", fast=True)
    for name in ("number", "year", "pages"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("created", fast=True)
    return builder.build()


SCHEMA = _schema()
