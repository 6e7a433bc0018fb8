"""Words with a capital that are nobody's name: calendar, places, feasts, firms, what a pharmacy's mail is full of."""

import re
from functools import lru_cache

from babel import Locale

from server.text.calendar_words import MONTHS, NAMED_DAYS, WEEKDAYS
from server.text.lexicon import load_lexicon
from server.text.words import fold

_ORDINARY = frozenset(
    """apotheek apotheker apothekers pharmacy pharmacist drogist drogisterij chemist huisarts huisartsen huisartsenpost ziekenhuis hospital kliniek clinic
    praktijk practice surgery gp nhs ggd ggz thuiszorg verpleeghuis hospice umc amc vumc erasmus balie team service dienst afdeling zorgverzekeraar
    verzekeraar zilveren kruis vgz cz menzis onvz asr dsw zorg zekerheid interpolis ohra fbto univé unive allianz aevitae ditzo promovendum bupa axa
    sandoz teva mylan viatris accord aurobindo pfizer bayer novartis roche sanofi gsk astrazeneca ratiopharm apotex centrafarm actavis
    kerst kerstmis kerstvakantie pasen pinksteren hemelvaart sinterklaas nieuwjaar oud nieuw christmas easter new year koningsdag bevrijdingsdag ramadan suikerfeest diwali eid holi hanukkah chanoeka parkinson alzheimer crohn hodgkin menière kruidvat etos benu trekpleister boots mediq service
    postnl dhl ups dpd bpost post gls iphone ipad android outlook gmail whatsapp google apple samsung facebook internet
    digid bsn avg gdpr lsp id idin pdf sms app ehic mijn my ons our onze u uw je jullie ik i we wij het de een the a an at in on op aan bij als if dit dat
    nederland nederlands engels engelse dutch english hollandse holland europa europe eu uk usa vs amerika america schiphol
    amsterdam rotterdam utrecht haag groningen eindhoven tilburg breda nijmegen zwolle arnhem maastricht middelburg vlissingen goes antwerpen gent brugge
    brussel leuven hasselt londen london leeds parijs paris berlijn berlin madrid barcelona rome istanbul dubai york
    bali java lombok ibiza mallorca kreta rhodos tenerife canaria canarische ardennen texel terschelling ameland vlieland toscane limburg drenthe friesland
    zeeland brabant gelderland overijssel flevoland azie asia afrika africa caribbean
    allen allemaal iedereen everyone team heren dames sirs madam sir vriend friends zaterdags graag alvast bedankt dank groet groeten beste hallo hoi dear hi
    hello regards thanks kind met vriendelijke hartelijke""".split()  # noqa: SIM905
)


_SHORT_MONTHS = frozenset(["mei", "may"])  # "Jan" is a man oftener than a month


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Countries of one word: in "Jan Mayen" and "Saint Martin" stand people's names."""
    names = (fold(name) for language in ("nl", "en") for name in Locale(language).territories.values())
    return frozenset(name for name in names if re.fullmatch(r"[^\W\d_]{3,}", name))


@lru_cache(maxsize=4096)
def is_medicine_word(word: str) -> bool:
    """Whether one folded word is a medicine's or what people call one."""
    lexicon = load_lexicon()
    return word in lexicon.names or word in lexicon.lay


@lru_cache(maxsize=4096)
def is_no_name(word: str) -> bool:
    """Whether a folded word, though written with a capital, names no person."""
    calendar = word in WEEKDAYS or word in NAMED_DAYS or (word in MONTHS and (len(word) > 3 or word in _SHORT_MONTHS))
    return calendar or word in _ORDINARY or word in _places() or is_medicine_word(word)
