"""Who: viewers, manage links, the network half of an address."""
