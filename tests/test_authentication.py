"""Authentication-Results as hosts write them: what lowers the rung, what changes nothing, and what a forger gains (nothing)."""

import pytest

from server.connectors.mail.authentication import judge_origin, read_results
from server.connectors.mail.eml import read_eml

JAN = "jan@zeepost.example"
MICROSOFT = (
    "spf=pass (sender IP is 192.0.2.10) smtp.mailfrom=zeepost.example; dkim=pass (signature was verified) "
    "header.d=zeepost.example;dmarc=pass action=none header.from=zeepost.example;compauth=pass reason=100"
)
GOOGLE = (
    "mx.google.com; dkim=pass header.i=@zeepost.example header.s=s1 header.b=AbC/d=; "
    "spf=pass (google.com: domain of jan@zeepost.example designates 192.0.2.10 as permitted sender) "
    "smtp.mailfrom=jan@zeepost.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=zeepost.example"
)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((), ""),
        ((MICROSOFT,), "pass"),
        ((GOOGLE,), "pass"),
        (("mx.host.example; none",), ""),
        (("mx.host.example; dmarc=none header.from=zeepost.example",), ""),
        (("mx.host.example; dmarc=fail (p=none) header.from=zeepost.example",), "fail"),
        ((MICROSOFT.replace("dmarc=pass", "dmarc=fail"),), "fail"),
        ((MICROSOFT.replace("dmarc=pass", "dmarc=none").replace("compauth=pass", "compauth=fail"),), "fail"),
        (("mx.host.example; dmarc=pass header.from=elders.example",), "fail"),
        (("mx.host.example; dkim=pass header.d=zeepost.example; spf=fail smtp.mailfrom=list.example",), "pass"),
        (("mx.host.example; spf=pass smtp.mailfrom=bounce@mail.zeepost.example",), "pass"),
        (("mx.host.example; spf=pass smtp.mailfrom=elders.example; dkim=pass header.d=elders.example",), "mismatch"),
        (("mx.host.example; spf=fail smtp.mailfrom=jan@zeepost.example",), "mismatch"),
        (("mx.host.example; spf=softfail smtp.mailfrom=jan@zeepost.example",), ""),
        (("mx.host.example; dkim=temperror header.d=zeepost.example; spf=permerror",), ""),
        (("mx.host.example; spf=pass",), ""),
    ],
)
def test_what_each_host_says_comes_to_one_word(values: tuple[str, ...], verdict: str) -> None:
    assert judge_origin(values, JAN) == verdict


def test_only_the_topmost_fields_name_is_heard() -> None:
    forged = "mx.google.com; dmarc=pass header.from=zeepost.example; spf=pass smtp.mailfrom=zeepost.example"
    assert judge_origin(("mx.host.example; dmarc=fail header.from=zeepost.example", forged), JAN) == "fail"
    assert judge_origin(("mx.host.example; spf=none smtp.helo=x", forged), JAN) == ""


def test_a_host_that_writes_a_field_for_each_method_is_heard_whole() -> None:
    dkim, dmarc = "mx.host.example; dkim=none", "MX.host.example; dmarc=fail header.from=zeepost.example"
    assert judge_origin((dkim, dmarc), JAN) == "fail"


def test_a_forger_who_guesses_the_hosts_name_can_only_lower() -> None:
    mine = "mx.host.example; dmarc=fail header.from=zeepost.example"
    forged = "mx.host.example; dmarc=pass header.from=zeepost.example"
    assert judge_origin((mine, forged), JAN) == judge_origin((forged, mine), JAN) == "fail"


@pytest.mark.parametrize(
    "hidden",
    [
        "mx.host.example; spf=none (dmarc=fail header.from=zeepost.example)",
        "mx.host.example; spf=none ((nested) dmarc=fail)",
        'mx.host.example; spf=none reason="dmarc=fail; dmarc=fail"',
        "mx.host.example; x-dmarc=fail",
    ],
)
def test_what_stands_in_comments_and_quotes_is_no_result(hidden: str) -> None:
    assert judge_origin((hidden,), JAN) == ""


def test_versions_reasons_and_odd_spacing_are_read() -> None:
    read = read_results("mx.host.example 1 ;dkim / 1 = pass")
    assert read.server == "mx.host.example"
    found = read_results(
        'mx.host.example 1; dkim/1=fail reason="bad; key" header.d=A.example;spf=PASS smtp.mailfrom=b.example'
    )
    assert [(one.method, one.result) for one in found.methods] == [("dkim", "fail"), ("spf", "pass")]
    assert found.methods[0].properties["header.d"] == "A.example"


@pytest.mark.parametrize(
    "value", ["", ";", "=", "(((", '"', "mx;=;=", "mx; spf", "spf=", "\\", ";" * 9_000, "(" * 9_000, "a=" * 9_000]
)
def test_nothing_that_a_field_may_hold_breaks_the_reader(value: str) -> None:
    assert judge_origin((value,), JAN) in {"", "mismatch"}
    assert judge_origin((value,) * 500, "") == ""


def test_two_senders_in_from_are_a_failure_whatever_the_host_says() -> None:
    head = f"Authentication-Results: {GOOGLE}\nTo: a@b.example\n"
    two = f"From: {JAN}, dief@elders.example\n{head}\nhallo".encode()
    assert read_eml(two).authentication == "fail"
    assert read_eml(f"From: {JAN}\n{head}\nhallo".encode()).authentication == "pass"
