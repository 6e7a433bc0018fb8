"""Keeps what is personal closed: a key per person under a key per pharmacy under the ring, so that one person can be forgotten.

The ring closes each pharmacy's root (`pharmacy_keys`); from the root come, by HKDF, the key that closes the person keys,
the blind index, the audit chain's key and the key of the pharmacy's settings. Rotating the ring closes the roots anew:
one row a pharmacy. What hangs below stays valid, the audit chain above all, which nothing may rewrite.
"""

import hashlib
import hmac
import os
import uuid
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Engine, bindparam, select, text

from server.errors import Erased, VaultFailed
from server.store.engine import insert_once, reading, writing
from server.store.keyring import KEY_BYTES, KeyRing
from server.store.schema import audit_heads, person_keys, pharmacies, pharmacy_keys
from server.store.sealing import Place, close, key_id_of, open_sealed

_PERSON_REF = "p1:"
_SETTINGS = "settings"
# Built once: these two are asked for every sealed value.
_MINE = person_keys.c.pharmacy_id == bindparam("mine")
_KEY_BY_ID = select(person_keys.c.person_ref, person_keys.c.wrapped).where(
    _MINE, person_keys.c.key_id == bindparam("key_id")
)
_LIVE_KEY = select(person_keys.c.key_id, person_keys.c.wrapped).where(
    _MINE, person_keys.c.person_ref == bindparam("person_ref"), person_keys.c.wrapped.is_not(None)
)
EMPTY_MAC = b"\0" * 32


@dataclass(frozen=True)
class Rotation:
    """What a rotation did: pharmacies closed anew, and those that were already under the active key."""

    rewrapped: int
    already: int


class Vault:
    """Seals and opens; the ring is given, never read from the environment here."""

    def __init__(self, engine: Engine, ring: KeyRing) -> None:
        self._engine = engine
        self._ring = ring
        self._roots: dict[str, bytes] = {}

    # --- roots -----------------------------------------------------------------------------------------------------

    def open_books(self, pharmacy_id: str, connection: Connection | None = None) -> None:
        """Gives a pharmacy its root and its empty audit chain; does nothing when it has them."""
        self._root(pharmacy_id, connection)

    def _root(self, pharmacy_id: str, connection: Connection | None = None) -> bytes:
        """Only a committed root is remembered: one made in the caller's transaction may yet be rolled back."""
        if pharmacy_id in self._roots:
            return self._roots[pharmacy_id]
        with reading(self._engine) as own:
            root = self._find_root(own, pharmacy_id)
        if root is None and connection is not None:
            return self._find_root(connection, pharmacy_id) or self._create_root(connection, pharmacy_id)
        if root is None:
            with writing(self._engine) as own:
                root = self._create_root(own, pharmacy_id)
        self._roots[pharmacy_id] = root
        return root

    def _find_root(self, connection: Connection, pharmacy_id: str) -> bytes | None:
        query = select(pharmacy_keys.c.wrapped).where(pharmacy_keys.c.pharmacy_id == pharmacy_id)
        wrapped = connection.execute(query).scalar()
        return None if wrapped is None else open_sealed(self._ring_key(wrapped), wrapped, _root_place(pharmacy_id))

    def _create_root(self, connection: Connection, pharmacy_id: str) -> bytes:
        """Only for a pharmacy on its way in: for one that is there a new root would hide that its key was taken away."""
        if connection.execute(select(pharmacies.c.pharmacy_id).where(pharmacies.c.pharmacy_id == pharmacy_id)).first():
            # Another process may have made both meanwhile.
            found = self._find_root(connection, pharmacy_id)
            if found is None:
                raise VaultFailed("a pharmacy's key is gone")
            return found
        root = os.urandom(KEY_BYTES)
        wrapped = close(self._ring.active, self._ring.keys[self._ring.active], root, _root_place(pharmacy_id))
        if not insert_once(connection, pharmacy_keys, {"pharmacy_id": pharmacy_id, "wrapped": wrapped}):
            found = self._find_root(connection, pharmacy_id)
            if found is None:
                raise VaultFailed("a pharmacy's key vanished while it was made")
            return found
        seal = chain_seal(_derive(root, "audit-chain/v1"), pharmacy_id, 0, EMPTY_MAC)
        head = {"pharmacy_id": pharmacy_id, "seq": 0, "mac": EMPTY_MAC, "seal": seal}
        insert_once(connection, audit_heads, head)
        return root

    def _ring_key(self, sealed: bytes) -> bytes:
        key = self._ring.keys.get(key_id_of(sealed))
        if key is None:
            raise VaultFailed("the key ring lacks a key that is still in use")
        return key

    # --- one person's data -----------------------------------------------------------------------------------------

    def person_ref(self, pharmacy_id: str, kind: str, value: str, connection: Connection | None = None) -> str:
        """Who somebody is without saying so: a keyed hash, equal for equal people of one pharmacy. `kind` "email"
        compares without regard to case. Inside a transaction give its connection: a pharmacy's first use makes its key."""
        key = _derive(self._root(pharmacy_id, connection), "person-index/v1")
        said = value.strip().casefold() if kind == "email" else value.strip()
        digest = hmac.new(key, f"{kind}\0{said}".encode(), hashlib.sha256).hexdigest()
        return _PERSON_REF + digest[:32]

    def subject_ref(self, pharmacy_id: str, subject: str, connection: Connection | None = None) -> str:
        """The reference for whatever a caller calls a person: a reference stays, an address or id becomes one."""
        if not subject or (subject.startswith(_PERSON_REF) and len(subject) == len(_PERSON_REF) + 32):
            return subject
        return self.person_ref(pharmacy_id, "email" if "@" in subject else "patient", subject, connection)

    def seal(self, connection: Connection, person_ref: str, plaintext: bytes, *, place: Place) -> bytes:
        """Closes under the person's key, made when they have none, in the caller's own transaction."""
        key_id, key = self._person_key(connection, place.pharmacy_id, person_ref)
        return close(key_id, key, plaintext, place)

    def open(self, connection: Connection, sealed: bytes, *, place: Place) -> bytes:
        """Raises Erased when the person was erased, VaultFailed when the bytes were changed or moved."""
        key_id = key_id_of(sealed)
        row = connection.execute(_KEY_BY_ID, {"mine": place.pharmacy_id, "key_id": key_id}).first()
        if row is None:
            raise VaultFailed("a sealed value names no key of this pharmacy")
        if row.wrapped is None:
            raise Erased("what was kept of this person was erased")
        key = self._unwrap(connection, place.pharmacy_id, key_id, row.person_ref, row.wrapped)
        return open_sealed(key, sealed, place)

    def _person_key(self, connection: Connection, pharmacy_id: str, person_ref: str) -> tuple[str, bytes]:
        wanted = {"mine": pharmacy_id, "person_ref": person_ref}
        row = connection.execute(_LIVE_KEY, wanted).first()
        if row is None:
            self._create_person_key(connection, pharmacy_id, person_ref)
            row = connection.execute(_LIVE_KEY, wanted).one()
        return row.key_id, self._unwrap(connection, pharmacy_id, row.key_id, person_ref, row.wrapped)

    def _create_person_key(self, connection: Connection, pharmacy_id: str, person_ref: str) -> None:
        key_id = uuid.uuid4().hex
        wrapping = _derive(self._root(pharmacy_id, connection), "person-keys/v1")
        wrapped = close("root", wrapping, os.urandom(KEY_BYTES), _key_place(pharmacy_id, key_id, person_ref))
        values = {"pharmacy_id": pharmacy_id, "key_id": key_id, "person_ref": person_ref, "wrapped": wrapped}
        insert_once(connection, person_keys, values)

    def _unwrap(self, connection: Connection, pharmacy_id: str, key_id: str, person_ref: str, wrapped: bytes) -> bytes:
        wrapping = _derive(self._root(pharmacy_id, connection), "person-keys/v1")
        return open_sealed(wrapping, wrapped, _key_place(pharmacy_id, key_id, person_ref))

    def erase_person(self, pharmacy_id: str, person_ref: str, connection: Connection | None = None) -> int:
        """Destroys the person's key, so that nothing it closed opens again (a backup made before still holds the key:
        let it expire). Returns how many keys there were; 0: nothing was kept, or it was erased before. The empty row
        stays, with nobody's name on it, so that opening says "erased" and not "changed". Given a connection, the caller
        calls `forget_journal` after its commit."""
        with writing(self._engine, connection) as own:
            change = (
                person_keys.update()
                .where(person_keys.c.pharmacy_id == pharmacy_id, person_keys.c.person_ref == person_ref)
                .values(wrapped=None, person_ref="")
            )
            erased = own.execute(change).rowcount
        if connection is None:
            self.forget_journal()
        return erased

    def forget_journal(self) -> None:
        """SQLite keeps old pages in its journal until it is emptied: an erased key must not be read from there. Nothing
        to do in another database."""
        if self._engine.dialect.name != "sqlite":
            return
        with self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    # --- a pharmacy's own secrets ----------------------------------------------------------------------------------

    def seal_settings(self, connection: Connection, plaintext: bytes, *, place: Place) -> bytes:
        """Closes something of the pharmacy itself (a connector's password), which no erasure touches."""
        return close(_SETTINGS, _derive(self._root(place.pharmacy_id, connection), "settings/v1"), plaintext, place)

    def open_settings(self, connection: Connection, sealed: bytes, *, place: Place) -> bytes:
        """Raises VaultFailed when the bytes were changed or moved."""
        return open_sealed(_derive(self._root(place.pharmacy_id, connection), "settings/v1"), sealed, place)

    def digest(self, pharmacy_id: str, content: bytes, connection: Connection | None = None) -> str:
        """A keyed hash: proves later that a text is the one that was kept, and cannot be guessed from."""
        key = _derive(self._root(pharmacy_id, connection), "digest/v1")
        return hmac.new(key, content, hashlib.sha256).hexdigest()

    def chain_key(self, pharmacy_id: str, connection: Connection | None = None) -> bytes:
        """The key of the pharmacy's audit chain; stable over rotations."""
        return _derive(self._root(pharmacy_id, connection), "audit-chain/v1")

    # --- rotation --------------------------------------------------------------------------------------------------

    def rotate(self) -> Rotation:
        """Closes every root anew under the active key. One transaction each, so it may be stopped and run again;
        afterwards the older keys of the ring are needed for backups only."""
        with reading(self._engine) as connection:
            ids = connection.execute(select(pharmacy_keys.c.pharmacy_id).order_by(pharmacy_keys.c.pharmacy_id))
            pharmacy_ids = list(ids.scalars())
        rewrapped = sum(self._rewrap(pharmacy_id) for pharmacy_id in pharmacy_ids)
        return Rotation(rewrapped, len(pharmacy_ids) - rewrapped)

    def _rewrap(self, pharmacy_id: str) -> bool:
        with writing(self._engine) as connection:
            mine = pharmacy_keys.c.pharmacy_id == pharmacy_id
            wrapped = connection.execute(select(pharmacy_keys.c.wrapped).where(mine)).scalar_one()
            if key_id_of(wrapped) == self._ring.active:
                return False
            place = _root_place(pharmacy_id)
            root = open_sealed(self._ring_key(wrapped), wrapped, place)
            fresh = close(self._ring.active, self._ring.keys[self._ring.active], root, place)
            change = pharmacy_keys.update().where(mine, pharmacy_keys.c.wrapped == wrapped).values(wrapped=fresh)
            return connection.execute(change).rowcount == 1


def _root_place(pharmacy_id: str) -> Place:
    return Place(pharmacy_id, "pharmacy_keys", pharmacy_id, "wrapped")


def _key_place(pharmacy_id: str, key_id: str, person_ref: str) -> Place:
    return Place(pharmacy_id, "person_keys", f"{key_id}/{person_ref}", "wrapped")


@lru_cache(maxsize=4096)
def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, f"balie/{purpose}".encode()).derive(root)


def chain_seal(key: bytes, pharmacy_id: str, seq: int, mac: bytes) -> bytes:
    """What closes the head of an audit chain, so that a cut tail can't be hidden by moving the head back."""
    return hmac.new(key, b"\0".join((b"head", pharmacy_id.encode(), str(seq).encode(), mac)), hashlib.sha256).digest()
