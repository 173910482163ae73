"""The content systems that take a story over the network: one module a system, each with one ``deliver``."""
