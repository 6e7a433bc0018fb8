"""What any rule says, of a question (a trigger) or of a draft (a check)."""

from dataclasses import dataclass, field
from enum import Enum, IntEnum


class Severity(IntEnum):
    """NOTE is shown; SOFT asks a person to look; HARD escalates a question or blocks a draft."""

    NOTE = 0
    SOFT = 1
    HARD = 2


class Part(Enum):
    """Who speaks (contract: questions, findings, route). FLOOR is overruled by nobody."""

    FLOOR = "floor"
    CAUTION = "caution"
    MODEL = "model"
    CHECK = "check"


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    `code` is FORMAT.md's word (a trigger such as "new_symptoms", a draft reason such as "unsupported_date") or one of
    ours ("record_unavailable", "unexplained_sentence", "attachment_to_look_at"); `rule` says which rule spoke
    ("triggers/new_symptoms", "record/controlled"); `quotes` are the words of the mail or draft that made it speak,
    as they stand there; `subject_ids` the records concerned; `clearable`: a doubt of CAUTION that a model's valid opinion
    may take away (contract: the lower threshold, an unexplained sentence); `cleared_by` names who did."""

    code: str
    part: Part
    severity: Severity
    rule: str
    quotes: tuple[str, ...] = field(repr=False, default=())
    subject_ids: tuple[str, ...] = ()
    clearable: bool = False
    cleared_by: str = ""

    @property
    def stands(self) -> bool:
        """Whether it counts: hard and not cleared."""
        return self.severity is Severity.HARD and not self.cleared_by
