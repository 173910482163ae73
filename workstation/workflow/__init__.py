"""The verbs of the newsroom: each takes an intent, changes the store, and answers with what it touched. No Qt."""
