"""``python -m samgraf``: the command line."""

from samgraf.cli.main import main

if __name__ == "__main__":
    main()
