"""The tools of the toolbox, one in each file."""
