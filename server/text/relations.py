"""The words for somebody beside the writer: "mijn moeder", "ons ma", "de kleine", "my other half"; and their kin."""

import re
from dataclasses import dataclass

# kind of kin, sex, words. "many": more than one person is meant.
_WORDS = """
parent f: moeder mama ma mam mams moeke moederke moe mother mum mom mummy mommy mam
parent m: vader papa pa pap paps vaderke father dad daddy
parent many: ouders parents
parent_in_law f: schoonmoeder schoonma mother-in-law
parent_in_law m: schoonvader schoonpa father-in-law
parent_in_law many: schoonouders in-laws
partner m: man echtgenoot manlief vent vriend husband hubby boyfriend fiance
partner f: vrouw echtgenote vrouwtje vrouwke vriendin wife missus girlfriend fiancee
partner -: partner wederhelft verloofde spouse
child m: zoon zoontje zoonlief jongen stiefzoon pleegzoon son stepson boy
child f: dochter dochtertje dochterke dochterlief meisje meid stiefdochter pleegdochter daughter stepdaughter girl
child -: kind kindje kleintje baby peuter kleuter dreumes pleegkind child kid toddler teenager
child many: kinderen kids children tweeling twins jongens boys girls
grandchild m: kleinzoon kleinzoontje grandson
grandchild f: kleindochter kleindochtertje granddaughter
grandchild -: kleinkind grandchild
grandchild many: kleinkinderen grandchildren grandkids
grandparent m: opa grootvader bompa grandfather grandad granddad grandpa gramps
grandparent f: oma grootmoeder bomma grandmother grandma granny gran nan nana
grandparent many: grootouders grandparents
sibling m: broer broertje broeder brother stepbrother
sibling f: zus zusje zuster sister stepsister
sibling_in_law m: zwager schoonbroer schoonzoon brother-in-law son-in-law
sibling_in_law f: schoonzus schoonzusje schoondochter sister-in-law daughter-in-law
aunt_uncle m: oom nonkel uncle
aunt_uncle f: tante tant aunt auntie
niece_nephew m: neef neefje nephew
niece_nephew f: nicht nichtje niece
niece_nephew -: cousin
neighbour m: buurman overbuurman bovenbuurman buurjongen
neighbour f: buurvrouw overbuurvrouw bovenbuurvrouw buurmeisje
neighbour -: neighbour neighbor
neighbour many: buren neighbours neighbors
other m: vriendje huisgenoot kameraad maat makker mate buddy
other f: collegaatje huisgenote kamergenote landlady
other -: collega kennis logee gast ex oppas au-pair friend colleague coworker co-worker flatmate housemate roommate lodger guest carer
client -: client cliente bewoner bewoonster pupil patient patiente resident
"""


@dataclass(frozen=True)
class Relation:
    """What kin a word means. `sex`: "m", "f" or ""; `many`: several persons."""

    kin: str
    sex: str = ""
    many: bool = False


def _read() -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for line in _WORDS.strip().splitlines():
        head, _, words = line.partition(":")
        kin, mark = head.split()
        for word in words.split():
            found[word] = Relation(kin, mark if mark in "mf" else "", mark == "many")
    for phrase in ("betere helft", "other half", "better half"):
        found[phrase] = Relation("partner")
    found["au pair"] = Relation("other")
    for phrase in ("little one", "kleine meid", "kleine man", "little boy", "little girl"):
        found[phrase] = Relation("child")
    return found


RELATIONS = _read()
SOMEONE = Relation("other")
LITTLE_ONE = Relation("child")
# How a contact is recorded → whom such a contact may speak of. Kin that is not here contradicts nothing.
ACTS_FOR = {
    "child": {"parent"},
    "parent": {"child"},
    "partner": {"partner"},
    "grandchild": {"grandparent"},
    "grandparent": {"grandchild"},
    "sibling": {"sibling"},
    "sibling_in_law": {"sibling_in_law", "parent_in_law"},
    "parent_in_law": {"sibling_in_law"},
    "aunt_uncle": {"niece_nephew"},
    "niece_nephew": {"aunt_uncle", "niece_nephew"},
    "neighbour": {"neighbour"},
}
_RECORDED = {
    "schoonzoon": {"parent_in_law"}, "schoondochter": {"parent_in_law"}, "son-in-law": {"parent_in_law"},
    "daughter-in-law": {"parent_in_law"}, "ouder": {"child"}, "mantelzorger": set(), "carer": set(),
}  # fmt: skip


def speaks_of(recorded: str) -> frozenset[str]:
    """The kin that somebody recorded as this relation of the patient speaks of; empty: nothing can be said."""
    word = recorded.strip().casefold()
    if word in _RECORDED:
        return frozenset(_RECORDED[word])
    known = RELATIONS.get(word)
    return frozenset(ACTS_FOR.get(known.kin, ())) if known else frozenset()


def is_parent(recorded: str) -> bool:
    """Whether somebody is recorded as the patient's father, mother or parent."""
    word = recorded.strip().casefold()
    return word == "ouder" or word == "parent" or (word in RELATIONS and RELATIONS[word].kin == "parent")


def one_of(words: object) -> str:
    """An alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_ADJECTIVES = r"""(?:(?:lieve|oude|eigen|demente|bejaarde|hoogbejaarde|zieke|jongste|oudste|middelste|kleine|aanstaande|elderly|old|dear|poor
 |youngest|eldest|oldest|little|teenage|pregnant|own|sick|disabled|\d{1,3}[- ]?jarige?|\d{1,3}[- ]year[- ]old)\ +){0,2}"""
_ADJECTIVES = _ADJECTIVES.replace("\n ", "")
_DETERMINER = r"(?P<det>mijn|m'n|mn|me|onze|ons|zijn|z'n|haar|d'r|hun|my|our|his|her|their)"
_PLAIN = [
    "kleintje", "kinderen", "kids", "tweeling", "twins", "buurman", "buurvrouw", "buren", "overbuurman", "overbuurvrouw",
    "wife", "missus", "neighbour", "neighbours", "bewoner", "bewoonster", "client", "cliente", "vriend", "vriendin", "friend", "kennis", "kleinkinderen",
    "baby", "resident", "collega", "colleague",
]  # fmt: skip
_AFTER_LITTLE = r"(?=\s*(?:$|[,.;:!?]|(?:heeft|is|moet|krijgt|wil|kan|mag|slikt|zijn|haar|z'n|d'r|van|had|komt|neemt|gebruikt|weer|needs|has|is)\b))"
_CALLED = [
    "ma", "pa", "mama", "papa", "mams", "paps", "moeke", "oma", "opa", "bomma", "bompa", "mum", "mom", "mummy", "dad", "daddy", "granny", "grandma",
    "grandad", "granddad", "gran", "nan", "moeder", "vader", "tante", "nonkel", "auntie",
]  # fmt: skip
DETERMINED = re.compile(rf"(?<![\w'-]){_DETERMINER} +{_ADJECTIVES}(?P<word>{one_of(RELATIONS)})(?P<whose>s')?(?![\w-])")
_ANY = ["vriend", "vriendin", "friend", "kennis", "collega", "colleague", "buurman", "buurvrouw", "neighbour"]
ARTICLED = re.compile(
    rf"(?<![\w'-])(?:(?:de|het|the) +{_ADJECTIVES}(?P<word>{one_of(_PLAIN)})|(?:een|a) +{_ADJECTIVES}(?:{one_of(_ANY)}))(?![\w-])"
)
# "de kleine heeft …" and "voor mijn jongste" are a child, "de kleine witte" and "mijn kleine doosje" are not
_NO_CHILD = r"(?! +(?:witte|gele|roze|rode|blauwe|groene|ronde|\w*(?:doos|doz|pil|tablet|recept|verpakking|fles|spuit|zakje|vraag|moeite|fout|kind|zoon|dochter|jongen|meis|broer|zus|son|daughter|child|boy|girl|brother|sister)\w*|one|pack|question))"
LITTLE = re.compile(
    rf"(?<![\w'-])(?:de +(?P<word>kleine|jongste|oudste){_AFTER_LITTLE}|(?:mijn|m'n|onze|ons|my|our) +(?:kleine|jongste|oudste|middelste|youngest|eldest)\b{_NO_CHILD})"
)
# "pa zijn pillen", "dad's insulin"; "ma" before a number is Monday
CALLED = re.compile(rf"(?<![\w'-])(?P<word>{one_of(_CALLED)})(?:(?<=[a-z]{{4}})s(?= \w))?(?![\w-])(?!\s?[-/]|\s\d)")
