"""The keys that open everything else: one active, older ones kept so that what they closed can still be opened."""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from server.errors import VaultFailed

KEY_BYTES = 32
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}\Z")


@dataclass(frozen=True)
class KeyRing:
    """`active` closes; every key of `keys` opens what it once closed."""

    active: str
    keys: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.active not in self.keys:
            raise VaultFailed("the key ring has no active key")
        if any(len(key) != KEY_BYTES or not _ID.match(name) for name, key in self.keys.items()):
            raise VaultFailed(f"a key needs {KEY_BYTES} bytes and an id of letters, digits, - and _")

    @classmethod
    def generate(cls) -> "KeyRing":
        """A ring with one new key."""
        key = os.urandom(KEY_BYTES)
        return cls(_name(key), {_name(key): key})

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Reads "id:base64,id:base64", the active key first; an id may be left out. Raises VaultFailed, never
        repeating what it read."""
        pairs = [_pair(entry.strip()) for entry in text.split(",") if entry.strip()]
        if not pairs or len({name for name, _ in pairs}) != len(pairs):
            raise VaultFailed("the key ring is empty or names a key twice")
        return cls(pairs[0][0], dict(pairs))

    def text(self) -> str:
        """The form that `parse` reads, the active key first. Secret."""
        names = [self.active, *(name for name in self.keys if name != self.active)]
        return ",".join(f"{name}:{base64.b64encode(self.keys[name]).decode()}" for name in names)

    def with_new_key(self) -> "KeyRing":
        """The same ring with a fresh active key."""
        key = os.urandom(KEY_BYTES)
        return KeyRing(_name(key), {_name(key): key, **self.keys})


def _name(key: bytes) -> str:
    return "k" + hashlib.sha256(b"balie/key-id\0" + key).hexdigest()[:8]


def _pair(entry: str) -> tuple[str, bytes]:
    name, colon, encoded = entry.rpartition(":")
    try:
        key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise VaultFailed("a key of the key ring is not base64") from error
    if len(key) != KEY_BYTES:
        raise VaultFailed(f"a key of the key ring is not {KEY_BYTES} bytes long")
    return (name if colon else _name(key)), key


def read_key_file(path: Path, *, create: bool = False) -> KeyRing:
    """The ring in a file that only its owner can read; with `create` a new one where there is none (the sandbox).
    Raises VaultFailed when it is absent, unreadable, or open to others."""
    if create and not path.exists():
        _create_key_file(path)
    try:
        if path.stat().st_mode & 0o077:
            raise VaultFailed("the key file can be read by others; allow its owner only (chmod 600)")
        return KeyRing.parse(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise VaultFailed("the key file cannot be read") from error


def _create_key_file(path: Path) -> None:
    """Two processes may start together: a finished file is linked into place, so that the loser finds a whole one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = _written_aside(path, KeyRing.generate())
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def write_key_file(path: Path, ring: KeyRing) -> None:
    """Replaces the file whole: a crash leaves the old ring or the new one, never half of one."""
    _written_aside(path, ring).replace(path)


def _written_aside(path: Path, ring: KeyRing) -> Path:
    aside = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(ring.text() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return aside
