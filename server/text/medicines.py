"""Finds the medicines a mail names, however they are spelled, and ties them to the patient's own prescription lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from server.model.patient import MedicationRequest
from server.text.labels import Label, amounts_of, display_name, read_label
from server.text.lexicon import Entry, Lay, Lexicon, load_lexicon
from server.text.medicine_tokens import cut_tokens, join_tokens
from server.text.medicine_words import (
    COUNTED,
    DIMINUTIVE,
    ENDINGS,
    MEDICINE_NEAR,
    PERSON_WORDS,
    PLAIN_FORMS,
    STEM,
    STEM_OF_HARM,
    UNITS,
)
from server.text.mentions import (
    LAWS,
    MedicineMention,
    fits_lay,
    fitting_lines,
    is_controlled,
    matching_requests,
    with_strength,
)
from server.text.misspellings import RIVAL, Guess, guess_names, is_plain_word, names_in_reach, stays_possible

__all__ = ["MedicineMention", "display_name", "find_medicines", "matching_requests"]

MAX_CHARS = 200_000  # of a text; nobody names a medicine for the first time beyond
SURE = 93  # a capitalised odd word that nobody's label has must sound this much like a medicine
UNSURE = 50  # the score of a word that is only built like a name
_LEAST_STEM = 7  # letters: shorter words end like a medicine by chance
MAX_GUESSES = 400  # distinct odd words that are compared with the lexicon, per text


@dataclass(frozen=True)
class _Meant:
    """What one or more words mean, before they are tied to the record."""

    entries: tuple[Entry, ...]
    kind: str
    score: int
    lay: Lay | None = None
    request_ids: tuple[str, ...] = ()
    sure: bool = True  # the spelling is near enough for a medicine that may do harm


class _Reader:
    """Reads one text against the lexicon and one patient's lines."""

    def __init__(self, text: str, requests: Sequence[MedicationRequest]) -> None:
        self.text = text[:MAX_CHARS]
        self.tokens = cut_tokens(self.text)
        self.requests = requests
        self.labels: list[tuple[MedicationRequest, Label]] = [(request, read_label(request)) for request in requests]
        self.own: dict[str, list[str]] = {}
        for request, label in self.labels:
            for word in label.words:
                self.own.setdefault(word, []).append(request.id)
        self.lexicon: Lexicon = load_lexicon()
        self.entries = {label.entry for _, label in self.labels}
        self.called: dict[str, list[str]] = {}
        for request, label in self.labels:
            for word in self.lexicon.called.get(label.entry, ()) if label.entry else ():
                self.called.setdefault(word, []).append(request.id)
        self.guessed: dict[str, _Meant | None] = {}

    def read(self) -> Iterator[MedicineMention]:
        at = 0
        while at < len(self.tokens):
            meant, count = self._longest(at)
            if meant is None and not self.tokens[at].word[0].isdigit():
                meant, count = self._single(at), 1
            if meant is not None:
                yield from self._mention(meant, at, count)
            at += count

    def _longest(self, at: int) -> tuple[_Meant | None, int]:
        """The longest name or lay word that begins at this word."""
        for count in range(min(self.lexicon.longest.get(self.tokens[at].word, 0), len(self.tokens) - at), 0, -1):
            key = join_tokens(self.text, self.tokens, at, count)
            if key is None:
                continue
            known = self.lexicon.names.get(key)
            if known and self._counts(key, at, count) and not (known[0][1] == "misspelling" and self._is_person(at)):
                return _Meant(tuple(e for e, _ in known), known[0][1], 100), count
            lay = self.lexicon.lay.get(key)
            if lay is not None:
                return _Meant((), "lay", 100, lay), count
        return None, 1

    def _counts(self, key: str, at: int, count: int) -> bool:
        """An ordinary word or first name is a medicine only beside words that say so, or when the patient uses it."""
        if len(key) < 3:
            return False
        if key not in self.lexicon.ordinary or key in self.own:
            return True
        if any(entry in self.entries for entry, _ in self.lexicon.names.get(key, ())):
            return True
        start = self.tokens[max(0, at - 4)].start
        end = self.tokens[min(len(self.tokens) - 1, at + count + 3)].end
        around = self.text[start : self.tokens[at].start] + " | " + self.text[self.tokens[at + count - 1].end : end]
        return MEDICINE_NEAR.search(around) is not None

    def _single(self, at: int) -> _Meant | None:
        word = self.tokens[at].word
        if word in self.own:
            return self._of_record(tuple(self.own[word]), "record", 100)
        if len(word) < 4:
            return None
        return self._diminutive(word) or self._compound(word) or self._guess(word, at) or self._unheard_of(word, at)

    def _unheard_of(self, word: str, at: int) -> _Meant | None:
        """A word that is built like the name of a medicine and is no other word: the house does not know which it is."""
        if len(word) < _LEAST_STEM or STEM.fullmatch(word) is None or is_plain_word(word) or self._is_person(at):
            return None
        near = names_in_reach(word)
        if near:
            found = (entry for name in near for entry in self._entries(name))
            return _Meant(tuple(dict.fromkeys(found)), "misspelling", UNSURE, sure=False)
        return _Meant((Entry(word, word, ""),), "unheard_of", UNSURE, sure=STEM_OF_HARM.search(word) is None)

    def _diminutive(self, word: str) -> _Meant | None:
        """A lay word made small: "hartpilletjes", in Flanders "hartpillekes"."""
        found = DIMINUTIVE.fullmatch(word)
        ending = PLAIN_FORMS[found[2]] if found else ""
        lay = self.lexicon.lay.get(f"{found[1]}{ending}") if found else None
        return _Meant((), "lay", 100, lay) if lay is not None else None

    def _compound(self, word: str) -> _Meant | None:
        """A name with a form, salt or ending stuck to it: "omeprazolcapsules", "proliaspuit", "metoprololsuccinaat"."""
        for suffix in ENDINGS:
            if len(suffix) > 2 or not is_plain_word(word):
                stem = word.removesuffix(suffix)
                if stem != word and len(stem) >= 4:
                    known = self.lexicon.names.get(stem)
                    if known and stem not in self.lexicon.ordinary:
                        return _Meant(tuple(e for e, _ in known), known[0][1], 100)
                    if stem in self.own and len(stem) >= 5:
                        return self._of_record(tuple(self.own[stem]), "record", 100)
        return None

    def _guess(self, word: str, at: int) -> _Meant | None:
        if word not in self.guessed:
            if word in self.lexicon.names or len(self.guessed) >= MAX_GUESSES or is_plain_word(word):
                return None
            self.guessed[word] = self._resolve(guess_names(word, tuple(self.own), tuple(self.called)))
        meant = self.guessed[word]
        if meant is None or (meant.score < 95 and self._is_person(at)):
            return None
        capital = at > 0 and self.text[self.tokens[at].start].isupper()
        if capital and meant.score < SURE and not meant.request_ids:  # people and places are written so
            return None
        return meant

    def _is_person(self, at: int) -> bool:
        """Whether the word stands where people's names stand: after a greeting or closing, or capitalised after one."""
        before = self.tokens[max(0, at - 3) : at]
        return self.text[self.tokens[at].start].isupper() and any(token.word in PERSON_WORDS for token in before)

    def _resolve(self, guesses: Sequence[Guess]) -> _Meant | None:
        """A guess becomes a meaning. The patient's own medicine wins only from names that are further away, and from none
        that is within reach when one of the two may do harm; otherwise what comes close stays (domain.md §3.5)."""
        if not guesses:
            return None
        best = guesses[0].score
        own = [guess for guess in guesses if guess.own and guess.score >= best - RIVAL]
        ids = tuple(dict.fromkeys(rid for guess in own for rid in self.own.get(guess.word) or self.called[guess.word]))
        if own and own[0].partial:
            return self._of_record(ids, "record", best)
        ours = self._of_record(ids, "misspelling", best)
        theirs = [(guess, self._entries(guess.word)) for guess in guesses if not guess.own]
        nearest = min(guess.distance for guess in (own or guesses))
        rivals = [
            e for guess, e in theirs if stays_possible(guess, e, ours.entries, nearest, best, beside_own=bool(own))
        ]
        found = tuple(dict.fromkeys([*ours.entries, *(entry for entries in rivals for entry in entries)]))
        sure = bool(own) and nearest <= 1 and own[0].word in self.own
        return _Meant(found, "misspelling", best, request_ids=ids, sure=sure or not any(e.risky for e in found))

    def _entries(self, name: str) -> tuple[Entry, ...]:
        return tuple(entry for entry, _ in self.lexicon.names[name])

    def _of_record(self, ids: tuple[str, ...], kind: str, score: int) -> _Meant:
        entries = [label.entry for request, label in self.labels if request.id in ids and label.entry is not None]
        return _Meant(tuple(dict.fromkeys(entries)), kind, score, request_ids=ids)

    def _mention(self, meant: _Meant, at: int, count: int) -> Iterator[MedicineMention]:
        matched = self._matched(meant)
        if meant.lay is not None and not meant.lay.alone and not matched:
            return
        strength = self._strength(at + count, matched)
        if len(matched) > 1 and len(chosen := with_strength(strength, matched)) == 1 and meant.request_ids:
            matched = chosen
            meant = self._of_record((chosen[0].id,), meant.kind, meant.score)
        if len(meant.entries) > 1 and meant.score == 100 and meant.kind != "misspelling":
            meant = self._narrowed(meant, matched)
        first, last = self.tokens[at], self.tokens[at + count - 1]
        names, atc = self._named(meant, matched)
        by = frozenset(country for country in LAWS if _under(country, meant, matched))
        yield MedicineMention(
            words=self.text[first.start : last.end],
            names=names,
            atc=atc,
            score=meant.score,
            exact=meant.score == 100 and meant.kind != "misspelling",
            controlled="NL" in by,
            kind=meant.kind,
            start=first.start,
            end=last.end,
            strength=strength,
            request_ids=tuple(request.id for request in matched),
            controlled_by=by,
            sensitive=any(entry.sensitive for entry in self._meant_entries(meant, matched)),
            settled=meant.lay is not None
            or (meant.sure and len(names) <= 1 and not self._other_insulin(meant, at, matched)),
        )

    def _other_insulin(self, meant: _Meant, at: int, matched: Sequence[MedicationRequest]) -> bool:
        """Whether a brand of insulin is named and the patient's line has another: strengths differ (Lantus, Toujeo)."""
        insulin = any("insulin" in entry.risk for entry in meant.entries)
        brands = [read_label(request).brand for request in matched]
        return (
            insulin and meant.kind == "brand" and all(brands) and bool(brands) and self.tokens[at].word not in self.own
        )

    def _meant_entries(self, meant: _Meant, matched: Sequence[MedicationRequest]) -> tuple[Entry, ...]:
        of_lines = (label.entry for request, label in self.labels if request in matched and label.entry is not None)
        return (*meant.entries, *of_lines)

    def _narrowed(self, meant: _Meant, matched: Sequence[MedicationRequest]) -> _Meant:
        """A name in full that several medicines share ("macrogol") means those that the patient has."""
        own = {label.entry for request, label in self.labels if request in matched}
        kept = tuple(entry for entry in meant.entries if entry in own)
        return replace(meant, entries=kept or meant.entries)

    def _named(self, meant: _Meant, matched: Sequence[MedicationRequest]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if meant.lay is not None:
            labels = [read_label(request) for request in matched]
            names = tuple(
                dict.fromkeys(label.entry.name if label.entry else label.substance.lower() for label in labels)
            )
            return names, tuple(dict.fromkeys(r.atc for r in matched if r.atc)) or meant.lay.atc
        atc = tuple(dict.fromkeys(entry.atc for entry in meant.entries if entry.atc))
        names = tuple(dict.fromkeys(entry.name for entry in meant.entries))
        if not names:
            labels = [read_label(request) for request in matched]
            names = tuple(dict.fromkeys(label.substance.lower() for label in labels))
            atc = tuple(dict.fromkeys(request.atc for request in matched if request.atc))
        return names, atc

    def _matched(self, meant: _Meant) -> list[MedicationRequest]:
        if meant.request_ids:
            return [request for request in self.requests if request.id in meant.request_ids]
        if meant.lay is not None:
            return [r for r, label in self.labels if fits_lay(r, label, meant.lay)]
        return fitting_lines(meant.entries, self.labels)

    def _strength(self, after: int, matched: Sequence[MedicationRequest]) -> str:
        """The strength written after the name: with a unit, or a bare number that one of the patient's lines has or
        that nothing is counted by."""
        for place in range(after, min(after + 3, len(self.tokens))):
            token = self.tokens[place]
            if not token.word[0].isdigit():
                if token.word in COUNTED or (
                    place == after and token.word not in {"tabletten", "van", "tablets", "of"}
                ):
                    return ""
                continue
            following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
            unit = following.word if following else ""
            if unit in UNITS and following:
                return self.text[token.start : following.end]
            if unit in COUNTED or (token.start and self.text[token.start - 1] in "-/:€"):
                return ""
            own = {amount for request in matched for amount in read_label(request).amounts}
            bare = {a * f for a in amounts_of(token.word) for f in (1.0, 0.001)}
            return token.word if {round(a, 6) for a in bare} & own or float(token.word.replace(",", ".")) >= 20 else ""
        return ""


def _under(country: str, meant: _Meant, matched: Sequence[MedicationRequest]) -> bool:
    """Whether what is meant is under control there: one of the medicines, or all lines that a lay word fits."""
    if meant.lay is not None:
        return bool(matched) and all(is_controlled(request, country) for request in matched)
    return any(request.controlled for request in matched) or any(e.controlled_in(country) for e in meant.entries)


def find_medicines(
    text: str, requests: Sequence[MedicationRequest] = (), language: str = ""
) -> tuple[MedicineMention, ...]:
    """The medicines that a text names, in its order. The patient's own lines decide first. `language` is not needed:
    names of both languages are known, and people mix them."""
    del language
    return tuple(_Reader(text, requests).read()) if text else ()
