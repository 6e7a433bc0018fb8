"""The pharmacy system for who has none to connect: a pharmacy's own records in tables of ours.

It stands for the pharmacy's system, so records are kept as such a system keeps them, readable by whoever may read the
database; what Balie itself keeps of a mail or draft is in `store/`, encrypted. Its tables are made by our migrations.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Select,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from server.connectors.pms.names import name_words, names_agree
from server.connectors.pms.records_file import read_records
from server.errors import ConnectorFailed, InvalidRequest, NotFound
from server.model.patient import Patient
from server.ports import FoundPatient

metadata = MetaData()
_PATIENT = TypeAdapter(Patient)
_ENTRY: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_LOOKED_AT = 200  # a name that fits more people than this says nothing
_MANY = 500  # rows in one statement


def _index_table(name: str, word: str, size: int) -> Table:
    """Words by which patients are found."""
    return Table(
        name,
        metadata,
        Column("pharmacy_id", String(64), primary_key=True),
        Column(word, String(size), primary_key=True),
        Column("patient_id", String(128), primary_key=True),
        ForeignKeyConstraint(
            ["pharmacy_id", "patient_id"], ["pms_patients.pharmacy_id", "pms_patients.patient_id"], ondelete="CASCADE"
        ),
        Index(f"ix_{name}_patient", "pharmacy_id", "patient_id"),
    )


patients = Table(
    "pms_patients",
    metadata,
    Column("pharmacy_id", String(64), primary_key=True),
    Column("patient_id", String(128), primary_key=True),
    Column("birth_date", String(10)),
    Column("document", Text, nullable=False),
    Index("ix_pms_patients_birth_date", "pharmacy_id", "birth_date"),
)
addresses = _index_table("pms_addresses", "address", 320)
names = _index_table("pms_names", "word", 128)
entries = Table(
    "pms_entries",
    metadata,
    Column("pharmacy_id", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("entry_id", String(64), nullable=False),
    Column("document", Text, nullable=False),
)


@contextmanager
def _transaction(engine: Engine, *, write: bool = False) -> Iterator[Connection]:
    """`write` is what `open_database` listens for: SQLite wants writers to say so first."""
    try:
        with engine.connect() as connection:
            connection.execution_options(write=write)
            with connection.begin():
                yield connection
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise ConnectorFailed("the records can't be reached", retryable=True) from error


def _address(email: str) -> str:
    return email.strip().casefold()[:320]


class EmbeddedRecords:
    """One pharmacy's records (the port `PatientRecords`)."""

    def __init__(self, engine: Engine, pharmacy_id: str) -> None:
        self._engine = engine
        self._pharmacy_id = pharmacy_id

    def find_patients(
        self, *, email: str | None = None, name: str | None = None, birth_date: date | None = None
    ) -> Sequence[FoundPatient]:
        """By address first (own before an authorized contact's), then by name and birth date. A lone word of a name
        finds nobody unless the birth date is given too."""
        with _transaction(self._engine) as connection:
            found = list(self._by_address(connection, email)) if email else []
            if name or birth_date:
                found += self._by_person(connection, name or "", birth_date)
        return tuple({hit.patient.id: hit for hit in reversed(found)}[key] for key in _ids_in_order(found))

    def _by_address(self, connection: Connection, email: str) -> Iterator[FoundPatient]:
        wanted = _address(email)
        query = self._patients().where(patients.c.patient_id.in_(self._ids(addresses, addresses.c.address == wanted)))
        hits = [_PATIENT.validate_json(document) for document in connection.execute(query).scalars()]
        own = [patient for patient in hits if _address(patient.email or "") == wanted]
        yield from (FoundPatient(patient, "email") for patient in own)
        yield from (FoundPatient(patient, "contact_email") for patient in hits if patient not in own)

    def _by_person(self, connection: Connection, name: str, birth_date: date | None) -> Iterator[FoundPatient]:
        """A patient whose birth date is not on file is not ruled out by it, but is found by name only."""
        asked = name_words(name)
        query = self._patients()
        if birth_date is not None:
            known = patients.c.birth_date == birth_date.isoformat()
            query = query.where(known if not asked else known | patients.c.birth_date.is_(None))
        if asked:
            query = query.where(patients.c.patient_id.in_(self._most_alike(asked)))
        for document in connection.execute(query.limit(_LOOKED_AT)).scalars():
            patient = _PATIENT.validate_json(document)
            if asked and not names_agree(asked, name_words(patient.name)):
                continue
            if birth_date is not None and patient.birth_date == birth_date:
                yield FoundPatient(patient, "name_and_birth_date" if asked else "birth_date")
            elif len(asked) > 1:
                yield FoundPatient(patient, "name")

    def _patients(self) -> Select[str]:
        mine = patients.c.pharmacy_id == self._pharmacy_id
        return select(patients.c.document).where(mine).order_by(patients.c.patient_id)

    def _ids(self, table: Table, condition: Any) -> Select[str]:
        return select(table.c.patient_id).where(table.c.pharmacy_id == self._pharmacy_id, condition)

    def _most_alike(self, asked: Sequence[str]) -> Select[str]:
        """Those who share most words, so that a common first name does not crowd out the family name."""
        alike = self._ids(names, names.c.word.in_([word for word in asked if len(word) > 1]))
        return alike.group_by(names.c.patient_id).order_by(func.count().desc(), names.c.patient_id).limit(_LOOKED_AT)

    def get_patient(self, patient_id: str) -> Patient:
        """Raises NotFound, for another pharmacy's patient too."""
        with _transaction(self._engine) as connection:
            query = self._patients().where(patients.c.patient_id == patient_id)
            document = connection.execute(query).scalar()
        if document is None:
            raise NotFound("no such patient")
        return _PATIENT.validate_json(document)

    def record(self, entry: Mapping[str, Any]) -> str:
        """Keeps an entry; the same "key" again changes nothing and gives the id of the first."""
        key = entry.get("key")
        if not isinstance(key, str) or not 0 < len(key) <= 200:
            raise InvalidRequest("an entry needs a key of at most 200 characters")
        document = _ENTRY.dump_json(dict(entry)).decode()
        try:
            with _transaction(self._engine, write=True) as connection:
                found = self._find_entry(connection, key)
                if found is not None:
                    return found
                entry_id = uuid.uuid4().hex
                values = {"pharmacy_id": self._pharmacy_id, "key": key, "entry_id": entry_id, "document": document}
                connection.execute(insert(entries), values)
                return entry_id
        except IntegrityError:  # somebody else recorded it in between
            with _transaction(self._engine) as connection:
                return str(self._find_entry(connection, key))

    def _find_entry(self, connection: Connection, key: str) -> str | None:
        mine = entries.c.pharmacy_id == self._pharmacy_id
        return connection.execute(select(entries.c.entry_id).where(mine, entries.c.key == key)).scalar()


def _ids_in_order(found: Sequence[FoundPatient]) -> list[str]:
    return list(dict.fromkeys(hit.patient.id for hit in found))


def load_records(engine: Engine, pharmacy_id: str, data: Mapping[str, Any]) -> dict[str, int]:
    """Makes the pharmacy's records those of a PMS file: all of it or, when something does not fit, nothing. Loading the
    same again changes nothing. Returns how many patients were added, changed, removed, unchanged. Raises InvalidRecords."""
    fresh = {patient.id: patient for patient in read_records(data).patients}
    documents = {name: _PATIENT.dump_json(patient).decode() for name, patient in fresh.items()}
    with _transaction(engine, write=True) as connection:
        query = select(patients.c.patient_id, patients.c.document).where(patients.c.pharmacy_id == pharmacy_id)
        known = {row.patient_id: row.document for row in connection.execute(query)}
        changed = [name for name in fresh if name in known and known[name] != documents[name]]
        added = [name for name in fresh if name not in known]
        removed = [name for name in known if name not in fresh]
        _delete(connection, pharmacy_id, [*removed, *changed])
        _insert(connection, pharmacy_id, [(fresh[name], documents[name]) for name in (*added, *changed)])
    counts = {"added": len(added), "changed": len(changed), "removed": len(removed)}
    return {**counts, "unchanged": len(fresh) - len(added) - len(changed)}


def _delete(connection: Connection, pharmacy_id: str, patient_ids: Sequence[str]) -> None:
    """Their index rows go with them (ON DELETE CASCADE)."""
    for start in range(0, len(patient_ids), _MANY):
        some = patients.c.patient_id.in_(patient_ids[start : start + _MANY])
        connection.execute(delete(patients).where(patients.c.pharmacy_id == pharmacy_id, some))


def _insert(connection: Connection, pharmacy_id: str, fresh: Sequence[tuple[Patient, str]]) -> None:
    rows: dict[Table, list[dict[str, Any]]] = {patients: [], addresses: [], names: []}
    for patient, document in fresh:
        mine = {"pharmacy_id": pharmacy_id, "patient_id": patient.id}
        born = patient.birth_date.isoformat() if patient.birth_date else None
        rows[patients].append({**mine, "birth_date": born, "document": document})
        emails = {_address(email) for email in (patient.email or "", *(c.email for c in patient.contacts))}
        rows[addresses] += [{**mine, "address": email} for email in sorted(emails - {""})]
        rows[names] += [{**mine, "word": word} for word in name_words(patient.name)]
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)
