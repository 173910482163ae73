"""The content systems that take a story over the network: one folder a system, and what they share."""
