"""Tables of document frequencies, and the script that counted them."""
