"""What performance claims rest on: each script prints a table in one run; nothing asserts a time."""
