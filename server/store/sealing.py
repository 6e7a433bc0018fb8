"""The form of a sealed value: which key closed it, and a refusal to be opened anywhere but where it belongs."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from server.errors import VaultFailed

_VERSION = 1
_NONCE = 12


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands. Bound to it as associated data: a value moved elsewhere does not open."""

    pharmacy_id: str
    table: str
    row: str
    column: str

    @property
    def bytes(self) -> bytes:
        """Each part with its length before it, so that no two places read alike."""
        parts = (part.encode() for part in (self.pharmacy_id, self.table, self.row, self.column))
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def close(key_id: str, key: bytes, plaintext: bytes, place: Place) -> bytes:
    """`01 | length | key id | nonce | ciphertext`. AES-GCM-SIV: a nonce drawn twice by two hosts breaks nothing."""
    name = key_id.encode()
    header = bytes([_VERSION, len(name)]) + name
    nonce = os.urandom(_NONCE)
    return header + nonce + AESGCMSIV(key).encrypt(nonce, plaintext, header + place.bytes)


def key_id_of(sealed: bytes) -> str:
    """Which key closed it. Raises VaultFailed when these are no sealed bytes."""
    if len(sealed) < 2 or sealed[0] != _VERSION or len(sealed) < 2 + sealed[1] + _NONCE:
        raise VaultFailed("not a sealed value")
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def open_sealed(key: bytes, sealed: bytes, place: Place) -> bytes:
    """Raises VaultFailed when the bytes, or where they stand, are not as they were closed."""
    key_id_of(sealed)
    end = 2 + sealed[1]
    try:
        return AESGCMSIV(key).decrypt(sealed[end : end + _NONCE], sealed[end + _NONCE :], sealed[:end] + place.bytes)
    except InvalidTag as error:
        raise VaultFailed("a sealed value was changed or moved") from error
