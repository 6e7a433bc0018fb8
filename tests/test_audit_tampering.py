"""Whatever a thief with full access does to the log is found and named: changed, removed, moved, put in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.errors import AuditUnavailable
from server.model.pharmacy import Pharmacy
from server.store.audit_chain import ChainFault
from server.store.schema import audit_events
from tests.store_builders import HOUSE, LENGTH, OTHER_HOUSE, Tampering, a_log, a_memory, an_event, over

COLUMNS = [column.name for column in audit_events.columns if column.name not in {"pharmacy_id", "seq"}]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found(column):
    tampering = Tampering(a_log())
    for other in ("'x'", "x'00'"):
        tampering.run(f"update audit_events set {column} = {other} where seq = 3")
        assert tampering.found() == [(3, "changed")]


def test_an_entry_without_its_sealed_detail_is_found():
    tampering = Tampering(a_log())
    tampering.run("update audit_events set sealed = null where seq = 8")
    assert tampering.found() == [(8, "changed")]


@given(st.sets(st.integers(1, LENGTH), min_size=1))
@settings(deadline=None, max_examples=25)
def test_removed_entries_are_named(gone):
    tampering = Tampering(a_log())
    tampering.run(f"delete from audit_events where seq in ({','.join(map(str, gone))})")
    starts = {seq for seq in gone if seq - 1 not in gone}
    tail = {seq for seq in starts if all(later in gone for later in range(seq, LENGTH + 1))}
    expected = [(seq, "tail_missing" if seq in tail else "removed") for seq in sorted(starts)]
    assert tampering.found() == expected


@given(st.permutations(list(range(1, LENGTH + 1))).filter(lambda order: order != sorted(order)))
@settings(deadline=None, max_examples=25)
def test_reordered_entries_are_named(order):
    tampering = Tampering(a_log())
    moves = [f"update audit_events set seq = {seq + 100} where seq = {seq}" for seq in order]
    back = [f"update audit_events set seq = {new} where seq = {old + 100}" for new, old in enumerate(order, start=1)]
    tampering.run(*moves, *back)
    assert tampering.found() == [(new, "reordered") for new, old in enumerate(order, start=1) if new != old]


@given(st.integers(1, LENGTH), st.integers(1, LENGTH))
@settings(deadline=None, max_examples=25)
def test_a_copy_put_over_another_entry_is_named(source, target):
    if source == target:
        return
    tampering = Tampering(a_log())
    columns = ", ".join(COLUMNS)
    tampering.run(
        f"update audit_events set ({columns}) = (select {columns} from audit_events where seq = {source}) where seq = {target}"
    )
    assert (target, "changed") in tampering.found()


@pytest.mark.parametrize("seq", [LENGTH + 1, LENGTH + 40, 0, -3])
def test_an_entry_outside_the_chain_is_named(seq):
    tampering = Tampering(a_log())
    columns = ", ".join(COLUMNS)
    tampering.run(
        f"insert into audit_events (pharmacy_id, seq, {columns}) select pharmacy_id, {seq}, {columns} from audit_events where seq = 2"
    )
    assert tampering.found() == [(max(seq, 0), "inserted")]


def test_an_entry_squeezed_in_between_is_found():
    tampering = Tampering(a_log())
    columns = ", ".join(COLUMNS)
    shift = [f"update audit_events set seq = {seq + 1} where seq = {seq}" for seq in range(LENGTH, 4, -1)]
    forge = f"insert into audit_events (pharmacy_id, seq, {columns}) select pharmacy_id, 5, {columns} from audit_events where seq = 2"
    tampering.run(*shift, forge)
    found = tampering.found()
    assert (5, "changed") in found and {seq for seq, _ in found} >= set(range(5, LENGTH + 2))


def test_a_tail_cut_together_with_its_head_is_found():
    tampering = Tampering(a_log())
    last = "(select mac from audit_events where seq = 6)"
    tampering.run("delete from audit_events where seq > 6", f"update audit_heads set seq = 6, mac = {last}")
    assert tampering.found() == [(6, "head")]


@pytest.mark.parametrize("change", ["seq = seq + 1", "seq = 1", "mac = x'00'", "seal = x'00'"])
def test_a_changed_head_is_found(change):
    tampering = Tampering(a_log())
    tampering.run(f"update audit_heads set {change}")
    assert [what for _, what in tampering.found()] == ["head"]


@pytest.mark.parametrize("table", ["audit_heads", "pharmacy_keys"])
def test_a_pharmacy_without_head_or_key_is_found(table):
    tampering = Tampering(a_log())
    tampering.run(f"delete from {table}")
    assert [what for _, what in tampering.found()] == ["head"]


def test_emptying_the_log_of_a_pharmacy_is_found():
    tampering = Tampering(a_log())
    tampering.run("delete from audit_events", "delete from audit_heads")
    assert tampering.found() == [(0, "head")]
    untouched = a_memory()
    untouched.vault.open_books(HOUSE)
    assert untouched.audit.verify() == ()


def test_a_full_wipe_is_found_and_no_later_entry_hides_it():
    memory = a_memory()
    memory.pharmacies.add(Pharmacy(HOUSE, "groep", "De Linde"))
    memory.audit.append(an_event())
    tampering = Tampering(memory)
    tampering.run(*(f"delete from {name}" for name in ("audit_events", "audit_heads", "pharmacy_keys", "person_keys")))
    assert tampering.found() == [(0, "head")]
    with pytest.raises(AuditUnavailable):
        over(memory.engine, memory.ring).audit.append(an_event())
    assert tampering.found() == [(0, "head")]


def test_an_entry_moved_to_another_pharmacy_is_found_in_both():
    memory = a_log()
    memory.audit.append(an_event(pharmacy_id=OTHER_HOUSE))
    tampering = Tampering(memory)
    tampering.run(
        f"update audit_events set pharmacy_id = '{OTHER_HOUSE}', seq = 2 where pharmacy_id = '{HOUSE}' and seq = 2"
    )
    assert set(tampering.faults) == {ChainFault(HOUSE, 2, "removed"), ChainFault(OTHER_HOUSE, 2, "inserted")}
    assert memory.audit.verify(HOUSE) == (ChainFault(HOUSE, 2, "removed"),)


def test_a_long_log_is_read_in_one_pass():
    memory = a_memory()
    memory.audit.append_many([an_event(number, subject="", sealed={}) for number in range(2500)])
    assert memory.audit.verify() == ()
    tampering = Tampering(memory)
    tampering.run(
        "update audit_events set role = 'admin' where seq in (1, 1700)", "delete from audit_events where seq = 2200"
    )
    assert tampering.found() == [(1, "changed"), (1700, "changed"), (2200, "removed")]
