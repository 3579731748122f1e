"""Engine: everything that touches the bytes of a PDF. Values and paths in, values out; no Django, no HTTP."""
