"""The window: panes that show values and send intents, and hold no rule of the newsroom."""
