"""A medicine that the patient's record does not hold: the wrong name of two that look alike is the classic mistake."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Passage, Reading, blocks, read_draft
from server.safety.subjects import is_lab
from server.text.labels import read_label
from server.text.medicines import MedicineMention
from server.text.words import fold


def _from_mail(mention: MedicineMention, passage: Passage, reading: Reading) -> bool:
    """What the sender wrote may be said back, never with a claim about it."""
    words = fold(mention.words)
    brought = any(
        set(mention.names) & set(one.names) or words == fold(one.words) for one in reading.ledger.mail_medicines
    )
    clause = passage.clause_at(mention.start)
    return brought and not (clause and any(claim.asserted for claim in clause.claims))


def _other_brand(mention: MedicineMention, reading: Reading) -> bool:
    """Another brand than the label's own: the same substance, yet not the box that the patient gets."""
    own = [r for r in reading.ledger.requests if r.id in mention.request_ids]
    branded = [r for r in own if (brand := read_label(r).brand) and not brand[0].isdigit()]
    words = fold(mention.words).split(" ")[0]
    return (
        mention.kind == "brand" and bool(own) and branded == own and all(words not in fold(r.medication) for r in own)
    )


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    reading = reading or read_draft(draft, brief)
    known = {request.id for request in reading.ledger.requests}
    billed = " ".join(fold(invoice.description) for invoice in reading.ledger.invoices)
    for passage in reading.of("free", "staff"):
        for mention in passage.line.medicines:
            fits = set(mention.request_ids) & known and not _other_brand(mention, reading)
            if fits or (mention.kind == "lay" and not mention.names and not mention.atc):
                continue
            if fold(mention.words) in billed or any(name.lower() in billed for name in mention.names):
                continue
            if is_lab(mention.words, reading.ledger) or _from_mail(mention, passage, reading):
                continue
            yield blocks("unsupported_medication", "unsupported_medication", mention.words)
