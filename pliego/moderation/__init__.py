"""Domain: what people tell the operator, and how much of it one place may send."""
