"""Names of persons and places in a text, and whether two of them are one that is spelt in two ways."""
