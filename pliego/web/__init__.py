"""Door: HTML pages. Translate, call one function, answer."""
