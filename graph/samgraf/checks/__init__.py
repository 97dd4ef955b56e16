"""What a valid workspace must satisfy."""
