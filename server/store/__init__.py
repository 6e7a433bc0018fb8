"""Our own memory: SQLAlchemy Core, encrypted where personal."""
