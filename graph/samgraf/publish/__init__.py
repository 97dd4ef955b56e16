"""What leaves the graph for others: files for other programs, and the page."""
