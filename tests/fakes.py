"""Fakes that implement the ports: simple, in memory, able to fail on purpose."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from server.errors import ConnectorFailed, ModelUnavailable, NotFound
from server.model.patient import Patient
from server.ports import FoundPatient, ModelRequest
from server.text.persons import same_person


class FakeRecords:
    """PatientRecords over a list; `down=True` makes every call fail as a PMS that does not answer."""

    def __init__(self, *patients: Patient, down: bool = False) -> None:
        self.patients = patients
        self.down = down
        self.asked: list[str] = []

    def find_patients(
        self, *, email: str | None = None, name: str | None = None, birth_date: date | None = None
    ) -> Sequence[FoundPatient]:
        if self.down:
            raise ConnectorFailed("the pharmacy system does not answer")
        self.asked.append(email or name or str(birth_date))
        found = []
        for patient in self.patients:
            if email and (patient.email or "").casefold() == email.casefold():
                found.append(FoundPatient(patient, "email"))
            elif email and any(c.email.casefold() == email.casefold() for c in patient.contacts):
                found.append(FoundPatient(patient, "contact_email"))
            elif name and same_person(patient.name, name):
                found.append(FoundPatient(patient, "name"))
            elif birth_date and patient.birth_date == birth_date:
                found.append(FoundPatient(patient, "birth_date"))
        return found

    def get_patient(self, patient_id: str) -> Patient:
        if self.down:
            raise ConnectorFailed("the pharmacy system does not answer")
        for patient in self.patients:
            if patient.id == patient_id:
                return patient
        raise NotFound("no such patient")

    def record(self, entry: Mapping[str, Any]) -> str:
        return str(entry["key"])


class FakeModel:
    """A LanguageModel that says `answer`, or fails with `reason`, and remembers what it was asked."""

    name = "fake-model"

    def __init__(self, answer: str = "", *, reason: str = "", after: int | None = None) -> None:
        self._answer, self._reason, self._after = answer, reason, after
        self.requests: list[ModelRequest] = []
        self.closed = False

    def answer(self, request: ModelRequest, *, deadline: float) -> Iterator[str]:
        self.requests.append(request)
        said = self._answer if self._after is None else self._answer[: self._after]
        try:
            for start in range(0, len(said), 7):
                yield said[start : start + 7]
            if self._reason:
                raise ModelUnavailable(self._reason)
        finally:
            self.closed = True
