"""Tests in a real Chromium: the pane inside the playground."""
