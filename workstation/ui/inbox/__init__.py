"""The source inbox: what arrived, and the door for more."""
