"""Long, seeded runs that try to break what must not break. See `benchmarks.soak.__main__`."""
