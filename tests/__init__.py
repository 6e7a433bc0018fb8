"""Tests are a package, so that every one of them can say `from tests.builders import …`."""
