"""How good Balie reads and writes: each module here measures one area; `make eval` writes them all into docs/quality.md."""
