"""The legal basis: the list cut into entries, each entry read by the grammar of citations."""
