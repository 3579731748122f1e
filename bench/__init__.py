"""Speed and size, each against a named reference measured in the same run: `python -m bench [NAME ...]`."""
