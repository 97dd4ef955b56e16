"""Other engines beside samgraf: python -m benchmarks.engines."""
