"""Says that something is ready, paid, covered, booked, done … while the record does not."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.claims import Claim, Clause
from server.safety.reading import Reading, blocks, read_draft
from server.safety.truth import bears_out
from server.text.dates import DateMention
from server.text.words import fold

_ONLY_PLANNED = frozenset(
    {"ready", "delivered", "in_stock", "received", "done", "sent_for", "booked", "in_progress", "process", "moved"}
)
_DEPENDS_ON = re.compile(
    r"\b(?:recept|akkoord|antwoord|toestemming|machtiging|levering|voorraad|wilt?|prescription|approv\w+|answer|permission|delivery|stock|want|like|yes|ja)\b"
)
_INSURERS = re.compile(
    r"(?<!\w)(?:zilveren kruis|achmea|cz|vgz|menzis|onvz|dsw|a\.?s\.?r\.?|ditzo|ohra|unive|fbto|de friesland|interpolis|nationale[- ]nederlanden"
    r"|stad holland|zorg en zekerheid|salland|unitedconsumers|promovendum|aevitae|anderzorg|besured|bewuzt|zekur|izz|eucare"
    r"|centraal beheer|pro life|prolife|caresq|umc zorgverzekering|zorgdirect|national academic|bupa|cigna|allianz|aetna)(?!\w)"
)


def _is_claim(claim: Claim, *, conditional: bool) -> bool:
    """Whether the words say how it stands now. "Wordt bezorgd" is a plan, whose day is checked elsewhere; that we shall make
    something ready says that it may be had, unless the sentence says on what it depends."""
    planned = claim.future and not claim.negated
    if claim.topic == "process":
        return claim.asserted and not conditional
    return claim.asserted and not (planned and claim.topic in _ONLY_PLANNED)


def _of_month(mention: DateMention, today: date) -> Iterator[date]:
    """The days of a month that is named without one, this year's or the coming one's."""
    if mention.kind == "month":
        year = mention.year or today.year + (mention.month < today.month)
        yield from (date(year, mention.month, day) for day in range(1, monthrange(year, mention.month)[1] + 1))


def _insurers(clause: Clause, text: str, reading: Reading) -> Iterator[str]:
    known = fold(reading.ledger.coverage.insurer or "")
    for match in _INSURERS.finditer(clause.folded):
        name = match[0].strip(".")
        place = clause.end - len(clause.folded) + match.start()
        written = text[place:][:1]
        if (
            written.isupper()
            and name not in known.replace(".", "")
            and match[0] not in known
            and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reading.ledger.mail_folded)
        ):
            yield text[place : place + len(match[0])]


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    for passage in reading.of("free", "staff"):
        conditional = any(not one.asserted and _DEPENDS_ON.search(one.folded) for one in passage.clauses)
        for clause in passage.clauses:
            named = [one for one in passage.line.dates if clause.start <= one.start < clause.end]
            days = frozenset(day for one in named for day in (*one.days, *_of_month(one, brief.today)))
            for claim in clause.claims:
                holds = bears_out(claim, reading.ledger, clause.folded, dated=bool(named), days=days)
                if _is_claim(claim, conditional=conditional) and not holds:
                    yield blocks(
                        "unsupported_status", "unsupported_status", passage.line.text[clause.start : clause.end]
                    )
            if passage.mode == "free":
                for name in _insurers(clause, passage.line.text, reading):
                    yield blocks("unsupported_status", "unsupported_status", name)
