"""One file per check, found by folder: check(draft, brief) -> Iterator[Finding]."""
