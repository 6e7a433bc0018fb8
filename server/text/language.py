"""Which language a mail is in: own stop words decide nearly all, a library only what they leave open."""

import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?")
MAX_CHARS = 20_000
_MIN_WORDS_FOR_LIBRARY = 4
_FEWEST_WORDS = 4  # of a sentence that shows its language by itself
_CLEAR = 1.3
_MIN_GAP = 0.04  # below this the library is guessing

_STOP_WORDS = {
    "nl": "de het een en van ik te dat die is niet in op aan met voor mijn zijn er maar om ook als bij nog naar dan wel "
    "uit kan kunt kunnen wil zou zouden heb heeft hebben hebt u uw jullie je jij mij we wij ons onze hij zij ze haar hem "
    "geen al weer graag hoi hallo dag groet groeten groetjes vriendelijke hartelijke bedankt dank alvast beste geachte "
    "goedemorgen goedemiddag goedenavond goedendag mevrouw meneer heer mag moet was wat wanneer waar waarom hoe welke "
    "deze dit daar hier morgen vandaag gisteren week maand dagen nu toch even eens door over tot sinds omdat worden "
    "wordt ben bent gaat gaan krijg krijgen heel veel meer ophalen halen apotheek huisarts recept medicijnen medicijn "
    "pillen tabletten herhalen bestellen bestelling klaar ligt liggen mvg n't m'n z'n 's gr zo of iets niks niets vraag "
    "pijn doosje pil gaarne namens meteen samen moeder vader zoon dochter belde herhaal herhaling aub svp hoogachting hoogachtend gevallen na "
    "weet wordt werd alleen altijd nooit hebt doe doen doet laten kom komen komt",
    "en": "the and to of a i is it that in you my for on have with be are was not this at but can could would will your "
    "me do does did so if or an as we they he she his her him our us am been had has from by there what when where why "
    "how which please thanks thank hello hi hey dear regards kind best cheers need want get got any some just about "
    "still again also than then them their no yes out up i'm i've it's don't can't didn't i'd i'll isn't that's "
    "today tomorrow yesterday week month days pharmacy prescription medicine medication tablets pills refill repeat "
    "order pick collect ready sincerely morning afternoon evening let know may might should wondering available more "
    "pain box yours faithfully thx see attached after next very kindly husband wife daughter son before because "
    "one over new like ask asap doctor gp looking take taking sir madam",
    "de": "der die das und ich nicht ist ein eine einen mit für auf den dem des zu im von sie wir ihr mein meine meinen "
    "meiner kann können könnten bitte danke vielen hallo guten tag morgen grüße grüßen gruß freundlichen liebe lieber "
    "sehr geehrte geehrter damen herren habe haben hat bin sind war wird werden wann wie was wo warum noch auch aber "
    "oder wenn nach bei aus am es möchte brauche apotheke rezept medikament medikamente tabletten abholen bestellen seit "
    "heute gestern nur mir mich uns ihnen ihre dass als schon mehr keine kein",
    "fr": "le la les des un une et je ne pas est que qui vous nous mon ma mes pour avec dans sur au aux du ce cette votre "
    "vos bonjour bonsoir merci cordialement madame monsieur suis ai avez avoir être puis pouvez peux j'ai c'est n'ai "
    "s'il plaît plait voudrais besoin médicament médicaments ordonnance pharmacie quand comment mais ou où aussi encore "
    "aujourd'hui demain jours semaine très bien il elle par plus depuis prendre d'une l'ordonnance qu'il",
    "es": "el la los las un una y que de en no es con para por mi mis me su se lo del al hola gracias buenos buenas días "
    "tardes saludos estimados necesito quiero quisiera puedo puede pueden tengo tiene está están favor receta medicina "
    "medicinas medicamento medicamentos farmacia pastillas cuando cuándo cómo dónde pero más muy también mañana hoy soy "
    "estoy ha he si sin desde",
    "it": "il lo la gli le un una e che di in non è con per mio mia miei mi si del della dei ho ha sono buongiorno "
    "buonasera grazie saluti gentile gentili cordiali vorrei posso può potete potrei ricetta medicina medicine farmaco "
    "farmaci farmacia compresse quando come dove ma anche ancora più molto domani oggi bisogno avere questo questa "
    "ritirare ordinare perché nella alla",
    "pt": "o os as um uma e que de do da em não é com para por meu minha meus minhas eu você vocês olá bom boa dia tarde "
    "obrigado obrigada cumprimentos preciso quero queria posso pode podem tenho tem está receita remédio medicamento "
    "medicamentos farmácia comprimidos quando como onde mas mais muito também amanhã hoje sou estou favor ao na no",
    "pl": "i w z na nie do się jest że to mam moje mój moja mojego proszę dziękuję dzień dobry dobrego witam pozdrawiam "
    "czy jak kiedy gdzie ale lub oraz dla od po za chcę chciałbym chciałabym potrzebuję mogę można lek leki leków "
    "recepta receptę recepty apteka apteki tabletki jutro dziś dzisiaj już jeszcze mnie mi państwa panią pan pani są "
    "był była być",
    "tr": "ve bir bu için ile de da ben benim çok mı mi mu var yok olarak ne nasıl zaman merhaba selam teşekkürler "
    "teşekkür ederim saygılarımla iyi günler lütfen ilaç ilacım ilaçlarım ilacımı ilaçlarımı reçete reçetem eczane "
    "tablet istiyorum alabilir miyim misiniz hazır olur gün hafta yarın bugün bitti kaldı ama daha sayın gibi",
    "ro": "și si de la în in nu este un o că ca pe cu pentru am are mea meu mele îmi imi vă va bună buna ziua mulțumesc "
    "multumesc vreau doresc aș as dori pot puteți rețetă reteta medicament medicamente medicamentele farmacie când cand "
    "dar sau mâine azi sunt eu din",
    "af": "nie ek jy hy het die en van vir met op is sal my baie dankie asseblief goeie môre middag kan wil om te dit ons "
    "julle se wanneer",
    "sv": "och jag är inte det att en ett som på för med av har hej tack vänliga hälsningar mvh kan vill behöver min mitt "
    "mina när apotek recept medicin tabletter hämta imorgon idag också men",
    "id": "saya yang dan di ini itu untuk dengan tidak ada bisa apakah obat resep terima kasih selamat pagi siang tolong "
    "mohon sudah belum kapan apotek",
    "hu": "és a az hogy nem van kérem köszönöm jó napot üdvözlettel szeretnék gyógyszer recept lehet mikor egy nekem",
}
_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ti", re.compile(r"[\u1200-\u137f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_PERSIAN = re.compile(r"[پچژگک]")
_LETTER = re.compile(r"[^\W\d_]")
_LIBRARY_LANGUAGES = "nl,en,de,fr,es,it,pt,pl,tr"
_local = threading.local()
_loading = threading.Lock()


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """word → language → weight; a word that several languages share says less of each."""
    lists = {language: set(words.split()) for language, words in _STOP_WORDS.items()}
    shared = Counter(word for words in lists.values() for word in words)
    table: dict[str, dict[str, float]] = {}
    for language, words in lists.items():
        for word in words:
            table.setdefault(word, {})[language] = 1 / shared[word] ** 1.5
    return table


def little_words() -> dict[str, tuple[str, ...]]:
    """language → the little words by which it shows itself."""
    return {language: tuple(words.split()) for language, words in _STOP_WORDS.items()}


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language that most of the text is in; "" when it cannot be told (a bare name, a number)."""
    text = text[:MAX_CHARS]
    script = _by_script(text)
    if script:
        return script
    words = _words(text)
    if not words:
        return ""
    return _by_stop_words(words) or (_by_library(text) if len(words) >= _MIN_WORDS_FOR_LIBRARY else "")


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").replace("`", "'") for word in _WORD.findall(text.casefold())]


def _by_script(text: str) -> str:
    letters = len(_LETTER.findall(text))
    for language, pattern in _SCRIPTS:
        if len(pattern.findall(text)) * 2 > letters > 0:
            if language == "ru" and _UKRAINIAN.search(text):
                return "uk"
            if language == "ar" and _PERSIAN.search(text):
                return "fa"
            return language
    return ""


def _scores(words: Iterable[str]) -> dict[str, float]:
    table = _weights()
    scores: dict[str, float] = {}
    for word in words:
        for language, weight in table.get(word, {}).items():
            scores[language] = scores.get(language, 0.0) + weight
    return scores


def _by_stop_words(words: list[str]) -> str:
    scores = _scores(words)
    if not scores:
        return ""
    best = max(scores, key=lambda language: scores[language])
    top = scores.pop(best)
    second = max(scores.values(), default=0.0)
    enough = top >= 1.0 or (top >= 0.3 and len(words) <= 4)
    return best if enough and top >= 1.25 * second else ""


def foreign_language(sentence: str, known: Collection[str]) -> str:
    """The language that a single sentence is clearly in when that is none of `known`, else "". By stop words and script
    alone: measured on 5,003 Dutch and English sentences, none was taken for another language."""
    words = _words(sentence[:MAX_CHARS])
    script = _by_script(sentence[:MAX_CHARS])
    if script or len(words) < _FEWEST_WORDS:
        return "" if script in known else script
    scores = _scores(words)
    best = max(scores, key=lambda language: scores[language], default="")
    known_best = max((scores.get(language, 0.0) for language in known), default=0.0)
    clear = bool(best) and scores[best] >= _CLEAR and scores[best] >= 1.5 * known_best
    return best if clear and best not in known else ""


def _by_library(text: str) -> str:
    """One Detector per thread: a shared one mixes up answers (measured); the model behind it is shared."""
    detector = getattr(_local, "detector", None)
    if detector is None:
        detector = _local.detector = _new_detector()
    found = detector.detect(text[:2_000])
    gap = float(detector.results.gap)
    return str(found.iso_code) if gap >= _MIN_GAP and found.iso_code in _LIBRARY_LANGUAGES.split(",") else ""


def _new_detector() -> Any:
    from langidentify import Detector  # half a second and 80 MB, for the few mails that need it

    return Detector(_model())


@lru_cache(maxsize=1)
def _loaded_model() -> Any:
    from langidentify import Language, Model

    return Model.load(Language.from_comma_separated(_LIBRARY_LANGUAGES))


def _model() -> Any:
    with _loading:
        return _loaded_model()
