"""Engine: bytes on disk. Blobs by checksum, derived files, a picture cache, pages of text; no Django, no HTTP."""
