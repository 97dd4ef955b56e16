"""The command line. It alone prints and exits."""
