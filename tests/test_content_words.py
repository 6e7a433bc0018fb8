"""Content is typed by people: a closed word typed wrongly is refused with file, field and the words that there are."""

import pytest

from server.errors import InvalidContent
from server.store.rulebook import lay_over
from tests.test_rulebook_trial import change

WRONG = [
    ("triggers/allergy.toml", 'urgency = "urgent"', 'urgency = "sameday"', "urgency", "'same_day'"),
    ("triggers/allergy.toml", "[[groups]]", '[[groups]]\nstrength = "stronk"', "groups.0.strength", "'weak'"),
    ("intents/billing.toml", 'about = "invoice"', 'about = "invoices"', "about", "'invoice'"),
    ("intents/billing.toml", 'id = "billing"', 'id = "biling"', "id", "'billing'"),
    ("statements/refill.toml", "[refill.message]", '[refill.message]\ncontent_class = "huis"', "refill.message.content_class", "'house'"),
    ("statements/refill.toml", "[refill.message]\nnl = [", '[refill.message]\nnl = "U krijgt bericht."\nfr = [', "refill.message.nl", "tuple"),
    ("phrases/known_lines.toml", "[known_greeting]\nnl = [", '[known_greeting]\nnl = "hoi"\nfr = [', "known_greeting.nl", "tuple"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right", "wrong", "field", "allowed"), WRONG, ids=[row[3] for row in WRONG])
def test_a_word_that_does_not_exist_is_refused_with_file_field_and_what_there_is(
    tmp_path, name, right, wrong, field, allowed
):
    with pytest.raises(InvalidContent) as refused:
        lay_over(change(tmp_path, name, right, wrong))
    assert refused.value.detail.startswith(f"{name.partition('/')[2]}: {field}: ")
    assert allowed in refused.value.detail
