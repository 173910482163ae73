"""What is looked at before a store is opened: who has it, where it lies, whose it is, and whether it can be written."""
