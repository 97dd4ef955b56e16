"""Words: how names and dates are written, compared and read, in any language."""
