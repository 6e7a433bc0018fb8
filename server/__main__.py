"""`python -m server …`: see `python -m server --help`."""

from server.cli import main

main()
