"""The checks: what stands between the story and its export."""
