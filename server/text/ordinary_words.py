"""Whether a word is an ordinary one of Dutch or English, so that it names nobody; and how ordinary it is."""

import re
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from server.text.calendar_words import MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from server.text.name_words import is_no_name
from server.text.numbers import read_number_word
from server.text.words import fold

LANGUAGES = ("nl", "en")
COMMON_WORDS = Path(__file__).parent / "common_words.txt"
_FREQUENT = 600  # of the common words, the most used: grammar, and what every mail says
_LEAST_PART = 3  # letters of each half of a compound
_LEAST_HEAD = 5  # letters of its second half, when only a dictionary has that
_LEAST_SLIP = 6  # letters of a word that may hold a slip
_LONGEST = 40  # letters of a word that is looked into
# What the dictionaries lack: short forms of mails, greetings, trades, brands of a pharmacy's shelf.
_MORE = frozenset(
    """apotheker apothekers huisartsenpost goedemorgen goedemiddag goedenavond goedendag hoi hi hey hee hallo hello mvg gr grtz grtjs groetjes
    thx thnx tnx ty pls plz asap fyi btw aub svp ff evt ivm ipv mbt mbv tbv tnv tav nav dmv wrt igg mn zn mijne uwe ok oke okay okee id bsn pgb ggz gp
    nhs re fw fwd ps nb whatsapp app sms mms ehic dvd tv mr mrs ms mw mevr dhr dr drs ir fam st nd rd th im ive ill id isnt wasnt hasnt didnt dont cant
    wont thats whats shes hes hierbij hoelang gaarne whenever medicijnrol medicatie herhaalrecept herhaalrecepten thuiszorg spoed vanochtend vanmorgen
    vanmiddag vanavond vannacht eergisteren gister zojuist zonet straks allang alsnog weleens zomaar zowat binnenkort eerdaags doorgaans hooguit
    integendeel helaas tegelijk tegelijkertijd tegemoet tevergeefs uitsluitend voortaan voordien vervolgens vooraf achteraf onderweg onderaan bovenaan
    vooraan achteraan tussendoor tussenin ondertussen inmiddels sindsdien geleden genoeg anders hoeveel hoevaak zoveel evenveel beide beiden allebei
    alledrie ietsje zelfde dezelfde hetzelfde iedereen niemand iemand ergens nergens overal dankjewel dankuwel sorry excuses wkn mnd jr wk dgn uur
    apotheekteam bezorgdienst huisartsenpraktijk zorgverzekeraar baxter nutridrink respimat libre fortisip aquacel omron hema kruidvat etos lidl aldi
    jumbo albert heijn boots tesco asda sainsbury walgreens cvs medicaid medicare microsoft windows ideal tikkie paypal visa mastercard covid corona
    mums dads ma pa mam mammie pappie mams paps xx xxx gf bf pm am ish tmrw nite retd eig ofzo enzo enz oa ed bv bijv nl com org www http https
    weeral smorgens savonds smiddags snachts hiya jaja neenee apo inplaats hopelijk hopefully haha refil grt mogge upto meds uber
    earlier quoted subject sender pharmacy
    groetje greetz liefs wishes regards sincerely faithfully truly cheers dear beste geachte
    hoogachting achting voorbaat middels conform jongstleden eerstvolgende aanstaande aankomende opa oma tante oom nonkel bomma bompa""".split()  # noqa: SIM905
)
_ADVERBS = re.compile(
    r"(?:er|daar|hier|waar)(?:aan|achter|af|bij|binnen|boven|buiten|door|heen|in|langs|mee|na|naar|naast|om|onder|op|over|overheen|tegen|tegenover|toe"
    r"|tussen|uit|van|vandaan|vandoor|voor|voorbij|zonder)"
)
# Houses and surnames are made of these as well ("Buitenhuis", "Rozeboom"): a compound that ends so proves no word.
_OF_SURNAMES = frozenset(
    """huis huizen boom bomen dijk dijken beek berg bergen veld velden man mans hof hoven kamp kampen horst bos bosch burg brug bruggen doorn geest hout
    haven heuvel hoek kerk laar land leger meer mans maat molen muller oord poel poort rood rode schot schoten sluis stad steen straat straten tuin
    vaart vang vos waard water weg wijk wijn zand ziel zicht bach bakker boer broek dal dam daal hart heer kooi kop korn kuil mond pas plas ring vliet
    wolf zee zoon son sen ton ham ford ley field land wood woods worth stone house man hill well brook bridge dale more more bury""".split()  # noqa: SIM905
)
_SHORT_HEADS = frozenset({"rol", "pil", "pen", "dag", "bon", "bus", "kar", "dip"})
_AFTER_APOSTROPHE = frozenset("s t m d ll ve re n tje tjes er en ers".split())  # noqa: SIM905
_DAYS = frozenset((*MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS)) - {"do", "za", "zo", "wo", "di", "ma", "sat", "sun"}
_SHORT_DAYS = frozenset(word for word in (*MONTHS, *SHORT_WEEKDAYS) if len(word) < 4)
_LINKS = ("", "s", "e", "en", "n", "-", "er", "ie")


class Ordinary(IntEnum):
    """How surely a word names nobody."""

    UNKNOWN = 0  # no dictionary has it, nor is it made of words
    WORD = 1  # a dictionary has it, or it is a compound: a name may be spelled so ("roos")
    COMMON = 2  # mails to a pharmacy use it
    FREQUENT = 3  # nearly every mail does
    NEVER = 4  # calendar, place, firm, medicine: never a person


@lru_cache(maxsize=1)
def _common() -> dict[str, int]:
    if not COMMON_WORDS.is_file():
        return {}
    return {word: rank for rank, word in enumerate(COMMON_WORDS.read_text(encoding="utf-8").split())}


@lru_cache(maxsize=1)
def _long_common() -> tuple[str, ...]:
    return tuple(word for word in _common() if len(word) >= _LEAST_SLIP)


@lru_cache(maxsize=512)
def _like(letter: str, length: int) -> tuple[str, ...]:
    """The long common words that begin so and are hardly longer or shorter: few, so that most slips are told apart fast."""
    return tuple(word for word in _long_common() if word[0] == letter and abs(len(word) - length) <= 1)


@lru_cache(maxsize=20_000)
def in_dictionary(word: str, languages: tuple[str, ...] = LANGUAGES) -> bool:
    """Whether one of these languages has this word in lower case. The dictionaries hold names too, with their capital:
    "Emily" is known, and no word. `word` in lower case."""
    import simplemma  # a second to load, and only a model needs it

    return any(
        simplemma.is_known(form, language, low_memory=True)
        and simplemma.lemmatize(form, language, low_memory=True)[:1].islower()
        for form in {word, fold(word)}
        for language in languages
    )


@lru_cache(maxsize=20_000)
def _is_compound(word: str) -> bool:
    """Whether it is two words joined, the second one that mails use ("bezorgadres", "medicatie-overzicht")."""
    common = _common()
    for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1 if len(word) < _LONGEST else 0):
        head = word[at:]
        used = (len(head) > _LEAST_PART and head in common) or head in _SHORT_HEADS
        dutch = len(head) >= _LEAST_HEAD and at >= _LEAST_HEAD - 1 and in_dictionary(head, ("nl",))
        if head not in _OF_SURNAMES and (used or dutch):
            first = word[:at]
            for link in _LINKS:
                bare = first.removesuffix(link) if link else first
                if (
                    len(bare) >= _LEAST_PART
                    and (link == "" or first.endswith(link))
                    and (bare in common or in_dictionary(bare))
                ):
                    return True
    return False


@lru_cache(maxsize=20_000)
def is_slip(word: str) -> bool:
    """Whether one letter more, less, other or swapped makes a common word of it ("herhaalrecpt")."""
    if not _LEAST_SLIP <= len(word) <= _LONGEST:
        return False
    if process.extractOne(word, _like(word[0], len(word)), scorer=OSA.distance, score_cutoff=1) is None:
        return False
    meant = process.extractOne(word, _long_common(), scorer=OSA.distance, score_cutoff=1)
    return meant is not None and meant[0][0] == word[0]


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    names = [name for language in ("nl", "en") for name in Locale(language).territories.values()]
    return frozenset(word for name in names for word in re.findall(r"[^\W\d_]{3,}", fold(name)))


def may_be_name(word: str) -> bool:
    """Whether a folded word that is NEVER by itself may be somebody's name where names stand: a country, a short month."""
    return word in _SHORT_DAYS or word in _territories()


@lru_cache(maxsize=20_000)
def is_joined(word: str) -> bool:
    """Whether a folded word is two that mails use, of four letters at least ("afhaal-zakken"); asks no dictionary."""
    common, least = _common(), _LEAST_PART + 1
    cuts = range(least, len(word) - least + 1) if len(word) <= _LONGEST else ()
    return any(word[at:] in common and (word[:at] in common or word[: at - 1] in common) for at in cuts)


@lru_cache(maxsize=20_000)
def mail_word(word: str) -> bool:
    """Whether mails to a pharmacy use a folded word, or it is a day, place, firm, medicine or number; asks no dictionary."""
    if word in _common() or word in _MORE or word in _DAYS or is_no_name(word) or len(word) < 2:
        return True
    return bool(_ADVERBS.fullmatch(word)) or read_number_word(word) is not None


@lru_cache(maxsize=20_000)
def how_ordinary(word: str, languages: tuple[str, ...] = LANGUAGES) -> Ordinary:
    """How surely a word of a text in one of these languages names nobody; `word` in lower case, as it stands there."""
    bare = fold(word)
    if bare in _DAYS or is_no_name(bare):
        return Ordinary.NEVER
    if bare in _MORE or _ADVERBS.fullmatch(bare) or len(bare) < 2:
        return Ordinary.FREQUENT
    rank = _common().get(bare)
    if rank is not None:
        return Ordinary.FREQUENT if rank < _FREQUENT else Ordinary.COMMON
    if read_number_word(bare) is not None:
        return Ordinary.COMMON
    if in_dictionary(word, languages):
        return Ordinary.WORD
    if "-" in bare:
        parts = [part for part in bare.split("-") if len(part) > 1]
        return Ordinary.WORD if all(how_ordinary(part, languages) for part in parts) else Ordinary.UNKNOWN
    stem, mark, ending = bare.rpartition("'")
    if mark and ending in _AFTER_APOSTROPHE:
        return how_ordinary(stem, languages) if stem else Ordinary.FREQUENT
    return Ordinary.WORD if _is_compound(bare) else Ordinary.UNKNOWN
