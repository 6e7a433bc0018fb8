"""The vault: what is sealed opens only where it belongs, one person can be forgotten, keys can be replaced."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from server.errors import Erased, NotFound, VaultFailed
from server.store.engine import migrate, open_database, reading, writing
from server.store.keyring import KeyRing
from server.store.schema import person_keys, pharmacy_keys
from server.store.sealing import Place, close, key_id_of, open_sealed
from server.store.vault import Rotation, Vault
from tests.store_builders import HOUSE, OTHER_HOUSE, a_memory, over

PLACE = Place(HOUSE, "replies", "r1", "document")
KEY = b"k" * 32


def sealed_in(memory, plaintext=b"geheim", person="jan@example.org", place=PLACE):
    with writing(memory.engine) as connection:
        ref = memory.vault.person_ref(place.pharmacy_id, "email", person, connection)
        return ref, memory.vault.seal(connection, ref, plaintext, place=place)


def opened_in(memory, sealed, place=PLACE):
    with reading(memory.engine) as connection:
        return memory.vault.open(connection, sealed, place=place)


# --- sealed values ---------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8"), max_size=20))
@settings(deadline=None, max_examples=60)
def test_what_was_closed_opens_in_its_place(plaintext, row):
    place = Place("a", "t", row, "c")
    sealed = close("k1", KEY, plaintext, place)
    assert key_id_of(sealed) == "k1"
    assert open_sealed(KEY, sealed, place) == plaintext


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_changed_byte_is_noticed(data):
    sealed = bytearray(close("k1", KEY, b"metoprolol", PLACE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultFailed):
        open_sealed(KEY, bytes(sealed), PLACE)


@given(st.binary(max_size=80))
@settings(deadline=None, max_examples=150)
def test_bytes_that_were_never_sealed_are_refused_and_break_nothing(junk):
    for candidate in (junk, b"\x01" + junk, b"\x01\x02k1" + junk):
        with pytest.raises(VaultFailed):
            open_sealed(KEY, candidate, PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place(OTHER_HOUSE, "replies", "r1", "document"),
        Place(HOUSE, "outcomes", "r1", "document"),
        Place(HOUSE, "replies", "r2", "document"),
        Place(HOUSE, "replies", "r1", "settings"),
        Place(HOUSE, "replies", "r1document", ""),  # same letters, other borders
    ],
    ids=["pharmacy", "table", "row", "column", "borders"],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(VaultFailed):
        open_sealed(KEY, close("k1", KEY, b"geheim", PLACE), elsewhere)


def test_the_same_words_twice_look_different():
    memory = a_memory()
    assert sealed_in(memory)[1] != sealed_in(memory)[1]


def test_nothing_personal_stands_in_the_database_file(tmp_path):
    memory = a_memory(f"sqlite:///{tmp_path}/balie.db")
    with writing(memory.engine) as connection:
        ref = memory.vault.person_ref(HOUSE, "email", "jan.jansen@example.org", connection)
        memory.vault.seal(connection, ref, b"metoprolol voor Jan", place=PLACE)
    assert b"jansen" not in everything_on_disk(tmp_path)
    assert b"metoprolol" not in everything_on_disk(tmp_path)


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


# --- people ----------------------------------------------------------------------------------------------------------


def test_an_address_is_one_person_however_it_is_written():
    vault = a_memory().vault
    assert vault.person_ref(HOUSE, "email", "Jan@Example.org ") == vault.person_ref(HOUSE, "email", "jan@example.ORG")
    assert vault.person_ref(HOUSE, "email", "jan@example.org") != vault.person_ref(HOUSE, "email", "jon@example.org")


def test_a_person_of_two_pharmacies_cannot_be_told_to_be_one():
    vault = a_memory().vault
    assert vault.person_ref(HOUSE, "email", "jan@x.nl") != vault.person_ref(OTHER_HOUSE, "email", "jan@x.nl")


def test_a_reference_says_nothing_without_the_key():
    first, second = a_memory().vault, a_memory().vault
    assert first.person_ref(HOUSE, "patient", "P1") != second.person_ref(HOUSE, "patient", "P1")


def test_an_erased_person_is_unreadable_for_good_and_nobody_else_is():
    memory = a_memory()
    jan, of_jan = sealed_in(memory)
    _, of_els = sealed_in(memory, person="els@example.org", place=Place(HOUSE, "replies", "r2", "document"))
    assert memory.vault.erase_person(HOUSE, jan) == 1
    for each in (memory, over(memory.engine, memory.ring)):
        with pytest.raises(Erased):
            opened_in(each, of_jan)
        assert opened_in(each, of_els, Place(HOUSE, "replies", "r2", "document")) == b"geheim"
    assert memory.vault.erase_person(HOUSE, jan) == 0
    assert issubclass(Erased, NotFound)


def test_who_writes_again_after_being_erased_starts_anew():
    memory = a_memory()
    jan, before = sealed_in(memory)
    memory.vault.erase_person(HOUSE, jan)
    again, after = sealed_in(memory, b"nieuw")
    assert again == jan
    assert opened_in(memory, after) == b"nieuw"
    with pytest.raises(Erased):
        opened_in(memory, before)


def test_erasing_at_one_pharmacy_leaves_the_other():
    memory = a_memory()
    jan, sealed = sealed_in(memory)
    assert memory.vault.erase_person(OTHER_HOUSE, jan) == 0
    assert opened_in(memory, sealed) == b"geheim"


def test_an_erased_key_and_its_owner_are_gone_from_the_disk(tmp_path):
    memory = a_memory(f"sqlite:///{tmp_path}/balie.db")
    refs = [sealed_in(memory, person=f"p{number}@example.org")[0] for number in range(60)]
    with reading(memory.engine) as connection:
        rows = connection.execute(select(person_keys.c.person_ref, person_keys.c.wrapped)).all()
    wrapped = {row.person_ref: bytes(row.wrapped) for row in rows}
    for ref in refs[::2]:
        memory.vault.erase_person(HOUSE, ref)
    disk = everything_on_disk(tmp_path)
    for number, ref in enumerate(refs):
        kept = number % 2 == 1
        assert (wrapped[ref] in disk) is kept, "an erased key can still be read from the file or its journal"
        assert (ref.encode() in disk) is kept


def test_a_key_swapped_between_people_does_not_open():
    memory = a_memory()
    jan, _ = sealed_in(memory)
    _, of_els = sealed_in(memory, person="els@example.org")
    with writing(memory.engine) as connection:
        jans = connection.execute(select(person_keys.c.wrapped).where(person_keys.c.person_ref == jan)).scalar_one()
        connection.execute(person_keys.update().where(person_keys.c.person_ref != jan).values(wrapped=jans))
    with pytest.raises(VaultFailed):
        opened_in(memory, of_els)


def test_another_pharmacys_value_names_no_key_of_ours():
    memory = a_memory()
    _, sealed = sealed_in(memory)
    memory.vault.open_books(OTHER_HOUSE)
    with pytest.raises(VaultFailed):
        opened_in(memory, sealed, Place(OTHER_HOUSE, "replies", "r1", "document"))


def test_a_root_that_was_rolled_back_is_not_remembered():
    memory = a_memory()
    with pytest.raises(RuntimeError), writing(memory.engine) as connection:
        memory.vault.person_ref(HOUSE, "email", "jan@x.nl", connection)
        raise RuntimeError
    ref = memory.vault.person_ref(HOUSE, "email", "jan@x.nl")
    assert ref == over(memory.engine, memory.ring).vault.person_ref(HOUSE, "email", "jan@x.nl")


def test_many_at_once_make_one_root():
    memory, refs = a_memory(), []
    own = [over(memory.engine, memory.ring).vault for _ in range(6)]
    ask = [threading.Thread(target=lambda v=vault: refs.append(v.person_ref(HOUSE, "patient", "P1"))) for vault in own]
    for thread in ask:
        thread.start()
    for thread in ask:
        thread.join()
    assert len(refs) == 6 and len(set(refs)) == 1


# --- keys ------------------------------------------------------------------------------------------------------------


def test_rotation_closes_every_root_anew_and_the_old_key_may_go():
    memory = a_memory()
    _, sealed = sealed_in(memory)
    memory.vault.open_books(OTHER_HOUSE)
    ring = memory.ring.with_new_key()
    assert over(memory.engine, ring).vault.rotate() == Rotation(2, 0)
    assert over(memory.engine, ring).vault.rotate() == Rotation(0, 2)
    only_new = KeyRing(ring.active, {ring.active: ring.keys[ring.active]})
    assert opened_in(over(memory.engine, only_new), sealed) == b"geheim"
    with pytest.raises(VaultFailed):
        opened_in(over(memory.engine, memory.ring), sealed)


def test_a_rotation_that_was_stopped_goes_on_where_it_was():
    memory = a_memory()
    for name in ("a", "b", "c"):
        memory.vault.open_books(name)
    ring = memory.ring.with_new_key()
    over(memory.engine, ring).vault._rewrap("b")
    assert over(memory.engine, ring).vault.rotate() == Rotation(2, 1)


def test_rotation_needs_the_old_key():
    memory = a_memory()
    memory.vault.open_books(HOUSE)
    with pytest.raises(VaultFailed, match="lacks a key"):
        over(memory.engine, KeyRing.generate()).vault.rotate()


def test_references_and_settings_outlive_a_rotation():
    memory = a_memory()
    ref = memory.vault.person_ref(HOUSE, "patient", "P1")
    ring = memory.ring.with_new_key()
    over(memory.engine, ring).vault.rotate()
    assert over(memory.engine, ring).vault.person_ref(HOUSE, "patient", "P1") == ref


def test_a_changed_root_is_noticed():
    memory = a_memory()
    memory.vault.open_books(HOUSE)
    with writing(memory.engine) as connection:
        connection.execute(pharmacy_keys.update().values(wrapped=os.urandom(90)))
    with pytest.raises(VaultFailed):
        over(memory.engine, memory.ring).vault.person_ref(HOUSE, "patient", "P1")


def test_a_vault_over_another_ring_reads_nothing():
    memory = a_memory()
    _, sealed = sealed_in(memory)
    with pytest.raises(VaultFailed):
        opened_in(over(memory.engine, KeyRing.generate()), sealed)


def test_an_empty_database_has_no_books():
    engine = open_database()
    migrate(engine)
    assert Vault(engine, KeyRing.generate()).rotate() == Rotation(0, 0)
    with reading(engine) as connection:
        assert connection.execute(text("select count(*) from pharmacy_keys")).scalar() == 0
