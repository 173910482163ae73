"""Figures and days: numbers, dates and ages that a text tells, read so that they can be compared."""
