"""Official names of what is loaded, found while somebody is still typing them."""
