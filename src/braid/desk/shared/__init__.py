"""What other organisations read of a person, and who can see what."""
