"""One module for each noun of the site."""
