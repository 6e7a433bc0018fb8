"""A BSN or card number in a reply, and a bank account that is not ours to name."""

from collections.abc import Iterator

from server.model.finding import Finding
from server.model.reply import Draft, ReplyBrief
from server.safety.reading import Reading, blocks
from server.text.identifiers import find_identifiers


def check(draft: Draft, brief: ReplyBrief, *, reading: Reading | None = None) -> Iterator[Finding]:
    """The codes are FORMAT.md's: whose number it is cannot be told, so it is another's, or told to a stranger."""
    del reading
    for found in find_identifiers(draft.text):
        if found.kind == "iban":
            yield blocks("unsafe_link", "personal_identifier", found.words)
        code = "other_patient_data" if brief.verified else "identity_disclosure"
        yield blocks(code, "personal_identifier", found.words)
