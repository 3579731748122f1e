"""Engine: the full-text index and what is counted from texts. Disposable, rebuilt at will; no Django, no HTTP."""
