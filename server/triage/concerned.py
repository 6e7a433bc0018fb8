"""Whom a mail is about, among those its sender may speak for: the rung belongs to the pair of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from server.model.patient import Contact, Patient
from server.text.asked_for import Mention
from server.text.first_names import same_first_name, sex_of
from server.text.persons import PersonsNamed, may_be_called, name_tokens, same_person
from server.text.relations import is_parent, speaks_of

OTHER = "about_somebody_else"
SEVERAL = "several_patients"


@dataclass(frozen=True)
class Known:
    """Those whom an address is on file for. `own`: it is their own; `acted_for`: with the contact who writes from it."""

    own: tuple[Patient, ...] = ()
    acted_for: tuple[tuple[Patient, Contact], ...] = ()

    @property
    def patients(self) -> tuple[Patient, ...]:
        return (*self.own, *(patient for patient, _ in self.acted_for))

    def contact_of(self, patient: Patient) -> Contact | None:
        return next((contact for one, contact in self.acted_for if one is patient), None)


@dataclass(frozen=True)
class Concerned:
    """The one person that the mail is about, or why that can't be told (`doubt`: an evidence code)."""

    patient: Patient | None = None
    doubt: str = ""
    shared: bool = False  # the address is several patients' own; a name or date of birth told which


def known_at(found: Sequence[Patient], address: str) -> Known:
    """A child whose record holds a parent's address, with that parent as its contact, is acted for."""
    acted_for: list[tuple[Patient, Contact]] = []
    own: list[Patient] = []
    for patient in found:
        contact = next((c for c in patient.contacts if c.email.strip().casefold() == address), None)
        if contact is not None and not same_person(contact.name, patient.name):
            acted_for.append((patient, contact))
        else:
            own.append(patient)
    return Known(tuple(own), tuple(acted_for))


def same_birth_date(said: date, recorded: date) -> bool:
    """Also with day and month the other way round, as Americans write, and in the wrong century."""
    here = (recorded.year % 100, recorded.month, recorded.day)
    return here in {(said.year % 100, said.month, said.day), (said.year % 100, said.day, said.month)}


def _first(patient: Patient) -> str:
    return patient.name.split()[0] if patient.name.split() else ""


def _is_named(patient: Patient, persons: PersonsNamed) -> bool:
    """In full, by first name or call name, or by date of birth; what stands under the mail is its sender's."""
    signed = {word for name in persons.signed for word in name_tokens(name)}
    words = persons.words - signed
    if patient.birth_date is not None and any(same_birth_date(day, patient.birth_date) for day in persons.born):
        return True
    full = [name for name in persons.names if name not in persons.signed]
    own_first = name_tokens(_first(patient))
    return any(same_person(name, patient.name) and len(name_tokens(name)) > 1 for name in full) or bool(
        own_first & words
    )


def _by_relation(mention: Mention, known: Known, persons: PersonsNamed) -> list[Patient]:
    """Those acted for whom this kin can mean: a daughter's mother is not her son, nor is it Kees."""
    relation = mention.relation
    if relation is None:
        return list(known.patients)
    fitting = []
    for patient, contact in known.acted_for:
        kin = speaks_of(contact.relation)
        sex = sex_of(_first(patient))
        if (not kin or relation.kin in kin or relation.kin == "client") and not (
            relation.sex and sex and sex != relation.sex
        ):
            fitting.append(patient)
    if (
        not fitting and relation.kin == "partner" and len(known.own) == 2
    ):  # one mailbox, two patients: the one who did not sign
        writers = [p for p in known.own if any(may_be_called(name, p.name) for name in persons.signed)]
        fitting = [p for p in known.own if p not in writers] if len(writers) == 1 else []
    return fitting


def _meant(mention: Mention, known: Known, persons: PersonsNamed) -> list[Patient]:
    """Whom a mention can mean among those the sender may speak for; none: somebody else."""
    if mention.name:
        called = [p for p in known.patients if may_be_called(mention.name, p.name)]
        if called or mention.relation is None:
            return called
        return []
    fitting = _by_relation(mention, known, persons)
    if mention.relation and mention.relation.many:
        return fitting if len(fitting) > 1 else []
    named = [patient for patient in fitting if _is_named(patient, persons)]
    return named if len(named) == 1 else fitting


def _is_prescriber(mention: Mention, known: Known) -> bool:
    """A doctor's name on the record, though no title stands before it in the mail."""
    lines = (request for patient in known.patients for request in patient.medication_requests)
    return (
        bool(mention.name)
        and mention.relation is None
        and any(name_tokens(mention.name) & name_tokens(request.prescriber or "") for request in lines)
        and not any(may_be_called(mention.name, patient.name) for patient in known.patients)
    )


def _writer(known: Known, persons: PersonsNamed) -> Concerned:
    """The sender's own record; of several at one address the one who signs or is named."""
    if len(known.own) == 1:
        return Concerned(known.own[0])
    if not known.own:
        return Concerned(doubt=OTHER)
    named = [p for p in known.own if _is_named(p, persons)]
    signed = [p for p in known.own if any(may_be_called(name, p.name) for name in persons.signed)]
    for fitting in (named, signed):
        if len(fitting) == 1:
            return Concerned(fitting[0], shared=True)
    return Concerned(doubt=SEVERAL)


def _nobody_mentioned(known: Known, persons: PersonsNamed) -> Concerned:
    """Nothing is asked for anybody by name or kin."""
    acted_for = [patient for patient, _ in known.acted_for]
    asked = persons.asked
    if asked.together:
        return Concerned(doubt=SEVERAL if len(known.patients) > 1 else OTHER)
    named = [patient for patient in acted_for if _is_named(patient, persons)]
    signed = [patient for patient in acted_for if any(same_person(name, patient.name) for name in persons.signed)]
    if asked.only_self and not named:
        return _writer(known, persons)
    if named:
        return Concerned(named[0]) if len(named) == 1 else Concerned(doubt=SEVERAL)
    if asked.third and len(acted_for) == 1:
        return Concerned(acted_for[0])
    if known.own:
        writer = _writer(known, persons)
        return Concerned(doubt=SEVERAL if acted_for else OTHER) if asked.third and not writer.shared else writer
    if len(acted_for) == 1:
        return Concerned(acted_for[0])
    return Concerned(signed[0]) if len(signed) == 1 else Concerned(doubt=SEVERAL)


def find_concerned(persons: PersonsNamed, known: Known) -> Concerned:
    """Whom the mail is about. Anybody whom the sender may not speak for makes it nobody's: staff must look."""
    mentions = [one for one in persons.asked.others if not _is_prescriber(one, known)]
    if not mentions:
        return _nobody_mentioned(known, persons)
    meant = [_meant(mention, known, persons) for mention in mentions]
    if not all(meant):
        return Concerned(doubt=OTHER)
    certain = {patients[0].id: patients[0] for patients in meant if len(patients) == 1}
    for patients in meant:
        if len(patients) > 1 and not any(p.id in certain for p in patients):
            return Concerned(doubt=SEVERAL)
    people = list(certain.values())
    if len(people) > 1 or persons.asked.together:
        return Concerned(doubt=SEVERAL)
    beside = persons.asked.self_too and people[0] not in known.own
    if beside and not _is_the_same_request(persons, people[0]):
        return Concerned(doubt=SEVERAL)
    return Concerned(people[0], shared=people[0] in known.own and len(known.own) > 1)


def _is_the_same_request(persons: PersonsNamed, patient: Patient) -> bool:
    """Whether "my" is said by the patient: a helper who types what they say, in their name."""
    return any(same_first_name(name.split()[0], _first(patient)) for name in persons.signed if name.split())


def own_say(patient: Patient, contact: Contact | None, on: date | None) -> str:
    """An evidence code where the patient has a say in what their parents hear, "" else: from twelve with them, from
    sixteen alone (articles 7:447, 7:450 and 7:457 of the Dutch Civil Code). The recorded authorization stands, but staff
    are told to look whether it is the patient's own."""
    if contact is None or on is None or patient.birth_date is None or not is_parent(contact.relation):
        return ""
    born = patient.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "patient_decides_alone" if age >= 16 else "patient_decides_too" if age >= 12 else ""
