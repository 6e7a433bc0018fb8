"""The pharmacies this server answers for: who they are in clear, their connectors' settings closed."""

import builtins
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from server.errors import Conflict, InvalidRequest, NotFound
from server.model.pharmacy import Pharmacy
from server.store.engine import reading, writing
from server.store.languages import refuse_unknown
from server.store.rulebook import load_rulebook
from server.store.schema import pharmacies, pharmacy_mailboxes
from server.store.sealing import Place
from server.store.vault import Vault
from server.text.opening_hours import read_hours

_PHARMACY = TypeAdapter(Pharmacy)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")


class PharmacyStore:
    """Adds, changes and finds pharmacies."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def add(self, pharmacy: Pharmacy, *, connection: Connection | None = None) -> None:
        """Raises Conflict when the id, or one of its mailboxes in this organisation, is taken."""
        values = _values(pharmacy)
        with _no_conflict(), writing(self._engine, connection) as own:
            self._vault.open_books(pharmacy.id, own)
            own.execute(insert(pharmacies).values(pharmacy_id=pharmacy.id, **values))
            self._map_mailboxes(own, pharmacy)

    def set(self, pharmacy: Pharmacy, *, connection: Connection | None = None) -> bool:
        """Changes a pharmacy as a whole, its connectors' settings apart; says whether anything changed. Raises NotFound."""
        values = _values(pharmacy)
        mine = pharmacies.c.pharmacy_id == pharmacy.id
        with _no_conflict(), writing(self._engine, connection) as own:
            row = own.execute(select(pharmacies.c.organisation_id, pharmacies.c.document).where(mine)).first()
            if row is None:
                raise NotFound("no such pharmacy")
            if row._asdict() == values:
                return False
            own.execute(pharmacies.update().where(mine).values(**values))
            own.execute(delete(pharmacy_mailboxes).where(pharmacy_mailboxes.c.pharmacy_id == pharmacy.id))
            self._map_mailboxes(own, pharmacy)
            return True

    def _map_mailboxes(self, connection: Connection, pharmacy: Pharmacy) -> None:
        for mailbox in sorted({_mailbox(name) for name in pharmacy.mailboxes} - {""}):
            row = {"pharmacy_id": pharmacy.id, "mailbox": mailbox, "organisation_id": pharmacy.organisation_id}
            connection.execute(insert(pharmacy_mailboxes), row)

    def get(self, pharmacy_id: str) -> Pharmacy:
        """Raises NotFound."""
        with reading(self._engine) as connection:
            query = select(pharmacies.c.document).where(pharmacies.c.pharmacy_id == pharmacy_id)
            document = connection.execute(query).scalar()
        if document is None:
            raise NotFound("no such pharmacy")
        return _pharmacy(document)

    def list(self, organisation_id: str | None = None) -> builtins.list[Pharmacy]:
        """All pharmacies, or an organisation's, by id."""
        query = select(pharmacies.c.document).order_by(pharmacies.c.pharmacy_id)
        if organisation_id is not None:
            query = query.where(pharmacies.c.organisation_id == organisation_id)
        with reading(self._engine) as connection:
            return [_pharmacy(document) for document in connection.execute(query).scalars()]

    def find_for_mailbox(self, organisation_id: str, mailbox: str) -> Pharmacy | None:
        """The organisation's pharmacy that this mailbox belongs to; the only one when it has one; else None, and a
        person must say."""
        query = select(pharmacy_mailboxes.c.pharmacy_id).where(
            pharmacy_mailboxes.c.organisation_id == organisation_id, pharmacy_mailboxes.c.mailbox == _mailbox(mailbox)
        )
        with reading(self._engine) as connection:
            found = connection.execute(query).scalar()
        if found is not None:
            return self.get(found)
        own = self.list(organisation_id)
        return own[0] if len(own) == 1 else None

    def get_settings(self, pharmacy_id: str) -> dict[str, Any]:
        """The settings of its connectors and model, secrets among them; empty when none were set. Raises NotFound."""
        with reading(self._engine) as connection:
            query = select(pharmacies.c.settings).where(pharmacies.c.pharmacy_id == pharmacy_id)
            row = connection.execute(query).first()
            if row is None:
                raise NotFound("no such pharmacy")
            if row.settings is None:
                return {}
            opened = self._vault.open_settings(connection, bytes(row.settings), place=_place(pharmacy_id))
        return dict(json.loads(opened))

    def set_settings(
        self, pharmacy_id: str, settings: Mapping[str, Any], *, connection: Connection | None = None
    ) -> None:
        """Replaces them, closed under the pharmacy's own key. Raises NotFound."""
        with writing(self._engine, connection) as own:
            sealed = self._vault.seal_settings(own, json.dumps(dict(settings)).encode(), place=_place(pharmacy_id))
            change = pharmacies.update().where(pharmacies.c.pharmacy_id == pharmacy_id).values(settings=sealed)
            if own.execute(change).rowcount != 1:
                raise NotFound("no such pharmacy")


@contextmanager
def _no_conflict() -> Iterator[None]:
    """The database decides what is taken: two may ask at once."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("this pharmacy id or mailbox is taken") from error


def _place(pharmacy_id: str) -> Place:
    return Place(pharmacy_id, "pharmacies", pharmacy_id, "settings")


def _mailbox(name: str) -> str:
    return name.strip().casefold()


def _values(pharmacy: Pharmacy) -> dict[str, str]:
    _check(pharmacy)
    return {"organisation_id": pharmacy.organisation_id, "document": _PHARMACY.dump_json(pharmacy).decode()}


def _pharmacy(document: str) -> Pharmacy:
    """Hours that were not given structured are read from the text, anew each time: the reader may have learned."""
    pharmacy = _PHARMACY.validate_json(document)
    return pharmacy if pharmacy.hours else replace(pharmacy, hours=read_hours(pharmacy.opening_hours))


def _check(pharmacy: Pharmacy) -> None:
    """Raises InvalidRequest naming the field."""
    refuse_unknown(pharmacy.languages, load_rulebook().languages)
    wrong = {
        "id": not _ID.match(pharmacy.id),
        "organisation_id": not pharmacy.organisation_id or len(pharmacy.organisation_id) > 128,
        "name": not pharmacy.name.strip(),
        "country": not re.fullmatch("[A-Z]{2}", pharmacy.country),
        "time_zone": not _is_zone(pharmacy.time_zone),
        "channel": pharmacy.channel not in {"secure", "plain"},
        "staff_names": any(not name.strip() or len(name) > 200 for name in pharmacy.staff_names),
        "retention_days": not 1 <= pharmacy.retention_days <= 3650,
        "refill_lead_days": not 0 <= pharmacy.refill_lead_days <= 60,
        "refill_used_percent": not 50 <= pharmacy.refill_used_percent <= 100,
        "refill_least_age": not 0 <= pharmacy.refill_least_age <= 120,
        "refill_used_percent_controlled": not 50 <= pharmacy.refill_used_percent_controlled <= 100,
        "mailboxes": any("@" not in mailbox or len(mailbox) > 320 for mailbox in pharmacy.mailboxes),
        "emergency_phone": not pharmacy.emergency_phone.strip(),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise InvalidRequest(f"pharmacy: {name} is missing or not one we know")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
