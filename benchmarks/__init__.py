"""Measurements that anyone can repeat: python -m benchmarks.cold, benchmarks.scale, benchmarks.explorer."""
