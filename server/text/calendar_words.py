"""The words people use for months, weekdays and relative days, as regular-expression parts and values."""

from server.text.numbers import NUMBER_WORDS, ORDINAL_WORDS

MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "feb": 2, "february": 2, "febr": 2, "maart": 3, "mrt": 3, "march": 3,
    "mar": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7,
    "augustus": 8, "aug": 8, "august": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4, "zaterdag": 5, "zondag": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
SHORT_WEEKDAYS = {
    "ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5, "zo": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3,
    "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
# days from today; a part of a day is that day
RELATIVE = {
    "eergisteren": -2, "gisteren": -1, "gisterochtend": -1, "gistermorgen": -1, "gistermiddag": -1, "gisteravond": -1,
    "vandaag": 0, "vanochtend": 0, "vanmorgen": 0, "vanmiddag": 0, "vanavond": 0, "vannacht": 0, "heden": 0,
    "morgen": 1, "morgenochtend": 1, "morgenvroeg": 1, "morgenmiddag": 1, "morgenavond": 1, "overmorgen": 2,
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip
RELATIVE_PHRASES = {
    "the day before yesterday": -2, "day before yesterday": -2, "last night": -1, "this morning": 0, "this afternoon": 0,
    "this evening": 0, "later today": 0, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
# (month, day) of days that have a name
NAMED_DAYS = {
    "nieuwjaarsdag": (1, 1), "new year's day": (1, 1), "oudjaarsdag": (12, 31), "oudejaarsdag": (12, 31), "new year's eve": (12, 31),
    "eerste kerstdag": (12, 25), "tweede kerstdag": (12, 26), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "koningsdag": (4, 27), "king's day": (4, 27), "bevrijdingsdag": (5, 5), "sinterklaasavond": (12, 5),
    "eerste dag van het nieuwe jaar": (1, 1), "first day of the new year": (1, 1), "laatste dag van het jaar": (12, 31),
}  # fmt: skip


def one_of(words: object) -> str:
    """An alternation, the longest first, so that "januari" is not read as "jan"."""
    return "|".join(sorted((str(word) for word in words), key=lambda word: (-len(word), word)))  # type: ignore[attr-defined]


DAY_WORDS: dict[str, int] = {
    **{
        word: int(value)
        for word, value in NUMBER_WORDS.items()
        if 1 <= value <= 31 and value == int(value) and word != "een"
    },
    **{word: value for word, value in ORDINAL_WORDS.items() if value <= 31},
}
MONTH = one_of(MONTHS)
WEEKDAY = one_of(WEEKDAYS)
DAY = rf"(?:\d{{1,2}}(?:\s?(?:ste|de|e|st|nd|rd|th)\b)?|{one_of(DAY_WORDS)})"


def read_day(words: str) -> int:
    """The day of a month from "3", "3rd", "3e", "derde", "twenty-third"; 0 when it is none."""
    digits = "".join(char for char in words if char.isdigit())
    return int(digits) if digits else DAY_WORDS.get(" ".join(words.split()), 0)
