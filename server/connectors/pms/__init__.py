"""Pharmacy management systems."""
