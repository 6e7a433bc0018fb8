"""The outside world, one file per vendor; README.md says how to add one."""
