"""Balie: reply drafts for a pharmacy's mail. Start reading at server/README.md."""
