"""Who is writing, for whom, and how sure we are: the rung decides what may be told."""

from collections.abc import Sequence

from server.errors import ConnectorFailed
from server.model.patient import Candidate, Contact, Evidence, Patient, PatientMatch, Rung
from server.model.thread import Message, Thread
from server.ports import FoundPatient, PatientRecords
from server.text.persons import PersonsNamed, find_persons, name_tokens, same_person

MAX_NAMES = 8  # a mail with more names than this is a list, not a question

_PARENTS = frozenset(
    [
        "moeder",
        "vader",
        "ma",
        "pa",
        "mother",
        "mum",
        "mom",
        "father",
        "dad",
        "schoonmoeder",
        "schoonvader",
        "mother-in-law",
        "father-in-law",
    ]
)
_PARTNERS = frozenset(
    [
        "man",
        "vrouw",
        "echtgenoot",
        "echtgenote",
        "partner",
        "vriend",
        "vriendin",
        "husband",
        "wife",
        "boyfriend",
        "girlfriend",
    ]
)
_CHILDREN = frozenset(["zoon", "zoontje", "dochter", "dochtertje", "kind", "son", "daughter", "child", "kid", "baby"])
# (how a contact is recorded, whom such a contact speaks of): a relation that is not here contradicts nothing
_ACTS_FOR = ((_CHILDREN, _PARENTS), (_PARTNERS, _PARTNERS), (_PARENTS, _CHILDREN))


def _candidates(found: Sequence[FoundPatient]) -> tuple[Candidate, ...]:
    patients = {item.patient.id: item.patient for item in found}
    return tuple(Candidate(p.id, p.name, p.birth_date) for p in patients.values())


def _header_doubt(message: Message) -> Evidence | None:
    """Why the From header alone proves nothing here."""
    if message.reply_to is not None and message.reply_to.key != message.sender.key:
        return Evidence("reply_to_differs")
    if message.authentication == "fail":
        return Evidence("authentication_failed")
    return None


def _contact_of(patient: Patient, address: str) -> Contact | None:
    return next((c for c in patient.contacts if c.email.strip().casefold() == address), None)


def _names_patient(patient: Patient, persons: PersonsNamed, text_tokens: frozenset[str]) -> bool:
    """Whether the mail names this patient: in full, by first name, or by date of birth."""
    first = name_tokens(patient.name.split()[0]) if patient.name.split() else frozenset()
    return (
        any(same_person(name, patient.name) for name in persons.names)
        or bool(first & text_tokens)
        or (patient.birth_date is not None and patient.birth_date in persons.birth_dates)
    )


def _others_named(persons: PersonsNamed, own: Sequence[str], records: PatientRecords) -> tuple[FoundPatient, ...]:
    """Patients whom the mail names in full and who are none of `own` (the sender and those they may act for)."""
    found: list[FoundPatient] = []
    for name in persons.names[:MAX_NAMES]:
        if any(same_person(name, known) for known in own):
            continue
        found += [
            item for item in records.find_patients(name=name) if not any(same_person(item.patient.name, k) for k in own)
        ]
    return tuple(found)


def _choose(
    found: Sequence[FoundPatient], persons: PersonsNamed, message: Message, address: str
) -> tuple[Patient | None, Contact | None, Evidence | None]:
    """Among patients that this address may speak for, the one that the mail is about; None when it cannot be told."""
    text_tokens = name_tokens(f"{message.subject} {message.text.new}"[:20_000])
    own = [item.patient for item in found if item.found_by == "email"]
    acted_for = [item.patient for item in found if _contact_of(item.patient, address) and item.patient not in own]
    named = [patient for patient in (*acted_for, *own) if _names_patient(patient, persons, text_tokens)]
    if len(own) == 1 and not acted_for:
        return own[0], _contact_of(own[0], address), Evidence("from_is_patient_address", address)
    if len(acted_for) == 1 and (not own or acted_for[0] in named or persons.relations):
        contact = _contact_of(acted_for[0], address)
        return acted_for[0], contact, Evidence("from_is_authorized_contact", address)
    if not acted_for and len(named) == 1:
        return named[0], None, Evidence("address_shared_name_fits", address)
    if len(acted_for) > 1 and len([p for p in named if p in acted_for]) == 1:
        patient = next(p for p in named if p in acted_for)
        return patient, _contact_of(patient, address), Evidence("from_is_authorized_contact", address)
    if len(own) == 1 and not persons.relations:
        return own[0], None, Evidence("from_is_patient_address", address)
    return None, None, None


def _relation_is_other(persons: PersonsNamed, contact: Contact | None) -> bool:
    """Somebody asks for "my mother" who may act for nobody, or who may act for another: a daughter asks for her son."""
    if not persons.relations:
        return False
    if contact is None:
        return True
    fitting = next((concerned for writers, concerned in _ACTS_FOR if contact.relation.casefold() in writers), None)
    return fitting is not None and not fitting & set(persons.relations)


def match_patient(thread: Thread, records: PatientRecords) -> PatientMatch:
    """The person concerned and the rung for (sender, person). A PMS that is down is not "unknown sender"."""
    message = thread.latest
    address = message.sender.key
    persons = find_persons(f"{message.subject}\n{message.text.new}")
    try:
        found = list(records.find_patients(email=address)) if address else []
        if not found:
            return _unknown_sender(message, persons, records)
        doubt = _header_doubt(message)
        if doubt:
            return PatientMatch(Rung.UNKNOWN, evidence=(doubt,), candidates=_candidates(found))
        patient, contact, evidence = _choose(found, persons, message, address)
        own_names = [item.patient.name for item in found] + ([contact.name] if contact else [])
        others = _others_named(persons, own_names, records)
    except ConnectorFailed:
        return PatientMatch(Rung.UNKNOWN, record_unavailable=True, evidence=(Evidence("record_unavailable"),))
    if others:
        return PatientMatch(Rung.UNKNOWN, evidence=(Evidence("about_somebody_else"),), candidates=_candidates(others))
    if patient is None or evidence is None:
        return PatientMatch(Rung.UNKNOWN, evidence=(Evidence("several_patients"),), candidates=_candidates(found))
    if _relation_is_other(persons, contact):
        return PatientMatch(Rung.UNKNOWN, evidence=(Evidence("about_somebody_else"),), candidates=_candidates(found))
    return PatientMatch(Rung.ADDRESS_KNOWN, patient, contact, (evidence,))


def _unknown_sender(message: Message, persons: PersonsNamed, records: PatientRecords) -> PatientMatch:
    """Nobody has this address. Names and dates of birth in the mail give candidates for staff, never a match."""
    names = [*persons.names[:MAX_NAMES], message.sender.name]
    found = [item for name in names if len(name_tokens(name)) > 1 for item in records.find_patients(name=name)]
    found += [item for born in persons.birth_dates[:3] for item in records.find_patients(birth_date=born)]
    return PatientMatch(Rung.UNKNOWN, evidence=(Evidence("address_unknown"),), candidates=_candidates(found)[:5])


def confirm(match: PatientMatch, patient: Patient, *, factor: str, sender_address: str) -> PatientMatch:
    """Staff chose `patient` and ticked a second factor ("birth_date", "order_number", "called_back")."""
    contact = _contact_of(patient, sender_address)
    return PatientMatch(Rung.CONFIRMED, patient, contact, (*match.evidence, Evidence("confirmed_by_staff", factor)))
