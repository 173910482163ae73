"""What is wrong with a store, and what of a damaged one can be saved."""
