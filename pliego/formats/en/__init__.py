"""English, for readers of more than one country."""
