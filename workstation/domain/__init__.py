"""The nouns of the newsroom: pure, frozen, typed values. No Qt, no SQL, no network."""
