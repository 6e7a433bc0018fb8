"""Foreign material within a request to a model: between two lines that it does not hold and cannot foresee."""

import hashlib


def mark_of(material: str, label: str = "MAIL") -> str:
    """A line that the material does not hold: it depends on every character of it."""
    mark = f"{label}-{hashlib.sha256(material.encode()).hexdigest()[:24]}"
    while mark in material:
        mark = f"{label}-{hashlib.sha256(mark.encode()).hexdigest()[:24]}"
    return mark
