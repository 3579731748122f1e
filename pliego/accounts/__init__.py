"""Who: people with accounts, viewers, manage links, the network half of an address."""
