"""Mailboxes and mail formats."""
