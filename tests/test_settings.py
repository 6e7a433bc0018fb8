"""Settings: the sandbox by default, every mistake named at once, no value repeated."""

import base64

import pytest

from server.settings import InvalidSettings, Settings, read_settings
from server.store.keyring import KeyRing

KEY = base64.b64encode(b"balie" * 6 + b"xy").decode()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def test_with_nothing_set_it_is_the_sandbox_on_loopback():
    settings = read_settings()
    assert settings.sandbox
    assert (settings.host, settings.port, settings.openai_model) == ("127.0.0.1", 8080, "")
    assert settings.database.startswith("sqlite:///")


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("OPENAI_MODEL", "a-model")
    monkeypatch.setenv("BALIE_MODEL_DEADLINE", "7.5")
    settings = read_settings()
    assert (settings.openai_model, settings.model_deadline) == ("a-model", 7.5)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "many"),
        ("LOG_LEVEL", "LOUD"),
        ("BALIE_MODEL_DEADLINE", "0"),
        ("HOST", "0.0.0.0"),
        ("BALIE_PUBLIC_URL", "http://balie.example"),
        ("OPENAI_API_KEY", "a-secret-without-a-model"),
        ("BALIE_KEYS", "k1:c2VjcmV0"),
        ("BALIE_KEYS", "k1:secret!"),
        ("BALIE_KEYS", "secrét"),
        ("BALIE_KEYS", " , "),
        ("BALIE_KEYS", f"a key:{KEY}"),
        ("BALIE_KEYS", f":{KEY}"),
        ("BALIE_KEYS", f"k1:{KEY},k1:{KEY}"),
        ("BALIE_KEYS", f"{KEY},{KEY}"),
    ],
)
def test_a_mistake_names_the_variable_and_never_its_value(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidSettings) as error:
        read_settings()
    assert variable in str(error.value) or "OPENAI_MODEL" in str(error.value)
    assert "secret" not in str(error.value)
    assert KEY not in str(error.value)


@pytest.mark.parametrize("ring", [KeyRing.generate().with_new_key().text(), KEY, f"k1:{KEY},", f" k1:{KEY} , {KEY}"])
def test_every_ring_that_the_store_reads_is_taken(monkeypatch, ring):
    monkeypatch.setenv("BALIE_KEYS", ring)
    assert KeyRing.parse(read_settings().keys.get_secret_value())


def test_all_mistakes_are_told_at_once(monkeypatch):
    monkeypatch.setenv("BALIE_PUBLIC_URL", "http://balie.example")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    with pytest.raises(InvalidSettings) as error:
        read_settings()
    assert "no sign-in yet" in str(error.value)
    assert {line.split(":")[0] for line in str(error.value).splitlines()} == {
        "BALIE_PUBLIC_URL",
        "BALIE_KEYS",
        "OPENAI_MODEL",
    }


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch):
    monkeypatch.setenv("OPENAI_MODEL", "m")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("BALIE_KEYS", f"k1:{KEY}")
    assert "secret" not in repr(read_settings())
    assert KEY not in repr(read_settings())
