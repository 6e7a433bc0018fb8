"""Who is writing, for whom, and how sure we are: the rung decides what may be told."""

from collections.abc import Sequence
from dataclasses import replace

from server.errors import ConnectorFailed
from server.model.patient import Candidate, Contact, Evidence, Patient, PatientMatch, Rung
from server.model.pharmacy import Pharmacy
from server.model.thread import Message, Thread
from server.ports import FoundPatient, PatientRecords
from server.text.persons import PersonsNamed, find_persons, may_be_called, name_tokens, same_person
from server.triage.concerned import OTHER, SEVERAL, Concerned, Known, find_concerned, known_at, own_say, same_birth_date
from server.triage.sender_doubts import impostor, origin, sender_doubts

MAX_NAMES = 8  # a mail with more names than this is a list, not a question


def _candidates(patients: Sequence[Patient]) -> tuple[Candidate, ...]:
    unique = {patient.id: patient for patient in patients}
    return tuple(Candidate(p.id, p.name, p.birth_date) for p in unique.values())


def _persons(message: Message) -> PersonsNamed:
    return find_persons(message.text.new, message.subject)


def _unknown(evidence: Sequence[Evidence], patients: Sequence[Patient] = ()) -> PatientMatch:
    return PatientMatch(Rung.UNKNOWN, evidence=tuple(evidence), candidates=_candidates(patients)[:5])


def _others_named(persons: PersonsNamed, own: Sequence[str], records: PatientRecords) -> list[Patient]:
    """Patients whom the mail names in full and who are none of `own` (the sender and those they may act for)."""
    found: list[Patient] = []
    for name in persons.names[:MAX_NAMES]:
        if any(same_person(name, known) or may_be_called(name, known) for known in own):
            continue
        hits = (item.patient for item in records.find_patients(name=name))
        found += [patient for patient in hits if not any(same_person(patient.name, known) for known in own)]
    return found


def _concerned(thread: Thread, persons: PersonsNamed, known: Known) -> Concerned:
    """Of the mail itself; one that names nobody goes on about whom its sender's mail before it was about."""
    concerned = find_concerned(persons, known)
    asked = persons.asked
    if concerned.patient is None or asked.others or asked.self_too or asked.only_self:
        return concerned
    sender = thread.latest.sender.key
    for earlier in reversed(thread.messages):
        if earlier is thread.latest or earlier.outgoing or earlier.sender.key != sender:
            continue
        before = _persons(earlier)
        if before.asked.others or before.asked.third:
            return find_concerned(before, known)
        if before.asked.self_too:
            return concerned
    return concerned


def _contradiction(persons: PersonsNamed, known: Known, concerned: Patient) -> Evidence | None:
    """What in the mail speaks against the person found: another date of birth, somebody else's name under it."""
    told = [p.birth_date for p in known.patients if p.birth_date]
    if concerned.birth_date and any(not any(same_birth_date(said, day) for day in told) for said in persons.born):
        return Evidence("birth_date_differs")
    own_names = [p.name for p in known.patients] + [contact.name for _, contact in known.acted_for]
    own_words = frozenset(word for name in own_names for word in name_tokens(name))
    for name in persons.signed:
        stranger = len(name_tokens(name)) > 1 and not name_tokens(name) & own_words
        if stranger and not any(may_be_called(name, own) for own in own_names):
            return Evidence("signed_by_other", name)
    return None


def _evidence(known: Known, concerned: Concerned, address: str) -> Evidence:
    if concerned.patient is not None and known.contact_of(concerned.patient):
        return Evidence("from_is_authorized_contact", address)
    return Evidence("address_shared_name_fits" if concerned.shared else "from_is_patient_address", address)


def _match(
    thread: Thread, found: Sequence[FoundPatient], records: PatientRecords, pharmacy: Pharmacy | None
) -> PatientMatch:
    """The match of an address that is on file."""
    message = thread.latest
    address = message.sender.key
    patients = [item.patient for item in found]
    known = known_at(patients, address)
    doubts = sender_doubts(message, known, pharmacy) or _name_of_another(message, known, records)
    if doubts:
        return _unknown(doubts, patients)
    persons = _persons(message)
    own_names = [p.name for p in patients] + [contact.name for _, contact in known.acted_for]
    others = _others_named(persons, own_names, records)
    if others:
        return _unknown([Evidence(OTHER)], others)
    concerned = _concerned(thread, persons, known)
    patient = concerned.patient
    if patient is None:
        return _unknown([Evidence(concerned.doubt)], patients if concerned.doubt == SEVERAL else ())
    against = _contradiction(persons, known, patient)
    if against:
        return _unknown([against], patients)
    contact = known.contact_of(patient)
    say = own_say(patient, contact, message.sent_at.date() if message.sent_at else None)
    evidence = (_evidence(known, concerned, address), origin(message), *((Evidence(say),) if say else ()))
    return PatientMatch(Rung.ADDRESS_KNOWN, patient, contact, evidence)


def _name_of_another(message: Message, known: Known, records: PatientRecords) -> list[Evidence]:
    """A display name that is another patient's in full, and none of those whom this address is on file for."""
    name = message.sender.name.strip()
    own = [p.name for p in known.patients] + [contact.name for _, contact in known.acted_for]
    if len(name_tokens(name)) < 2 or any(may_be_called(name, one) for one in own):
        return []
    return [Evidence("name_is_other_patient")] if records.find_patients(name=name) else []


def match_patient(thread: Thread, records: PatientRecords, pharmacy: Pharmacy | None = None) -> PatientMatch:
    """The person concerned and the rung for (sender, person). A PMS that is down is not "unknown sender"."""
    message = thread.latest
    address = message.sender.key
    try:
        found = list(records.find_patients(email=address)) if address else []
        if not found:
            return _unknown_sender(message, records, pharmacy)
        return replace(_match(thread, found, records, pharmacy), sender_on_file=True)
    except ConnectorFailed:
        return PatientMatch(Rung.UNKNOWN, record_unavailable=True, evidence=(Evidence("record_unavailable"),))


def _unknown_sender(message: Message, records: PatientRecords, pharmacy: Pharmacy | None) -> PatientMatch:
    """Nobody has this address. Names and dates of birth in the mail give candidates for staff, never a match."""
    persons = _persons(message)
    names = [*persons.names[:MAX_NAMES], message.sender.name]
    found = [item.patient for name in names if len(name_tokens(name)) > 1 for item in records.find_patients(name=name)]
    found += [item.patient for born in persons.birth_dates[:3] for item in records.find_patients(birth_date=born)]
    evidence = (
        Evidence("address_unknown"),
        *impostor(message, found, pharmacy),
        *sender_doubts(message, Known(), pharmacy),
    )
    return _unknown(tuple(dict.fromkeys(evidence)), found)


def _contact_at(patient: Patient, address: str) -> Contact | None:
    return next((c for c in patient.contacts if c.email.strip().casefold() == address), None)


def confirm(match: PatientMatch, patient: Patient, *, factor: str, sender_address: str) -> PatientMatch:
    """Staff chose `patient` and ticked a second factor ("birth_date", "order_number", "called_back")."""
    contact = _contact_at(patient, sender_address)
    return PatientMatch(Rung.CONFIRMED, patient, contact, (*match.evidence, Evidence("confirmed_by_staff", factor)))
