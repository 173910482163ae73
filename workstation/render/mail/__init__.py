"""What only mail needs: styles in the elements themselves, and a message as a file."""
