"""What a valid workspace must satisfy, as far as its files alone can tell: structure and evidence."""
