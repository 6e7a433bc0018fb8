"""Scripted replies in the wire format, one a scenario, for the fake API: every face that the pane can show."""

from typing import Any

from tests.fake_history import HISTORY

READ_AT = "2026-11-27T09:42:00+00:00"
FACTS = {
    "RX1001.medication": ("medication", "metoprololsuccinaat 50 mg", "Recept RX1001"),
    "RX1001.earliest_refill": ("date", "23 november", "Uitgifte 1-9-2026 · 90 dagen"),
    "pharmacy.opening_hours": ("hours", "ma-vr 08:30-17:30", "Gegevens van de apotheek"),
}


def piece(text: str, *facts: str) -> dict[str, Any]:
    return {"text": text, "facts": list(facts)}


def sentence(*pieces: dict[str, Any], origin: str = "statement", statement: str = "") -> dict[str, Any]:
    return {"origin": origin, "statement_id": statement, "pieces": list(pieces)}


def part(index: int, kind: str, *sentences: dict[str, Any]) -> dict[str, Any]:
    return {
        "index": index,
        "kind": kind,
        "question": 0 if kind == "question" else None,
        "sentences": list(sentences),
    }


def plain(index: int, kind: str, *texts: str) -> dict[str, Any]:
    return part(index, kind, *[sentence(piece(text)) for text in texts])


def finding(code: str, severity: str, *quotes: str, **more: str) -> dict[str, Any]:
    return {
        "code": code,
        "part": more.get("part", "floor"),
        "severity": severity,
        "rule": more.get("rule", f"triggers/{code}"),
        "quotes": list(quotes),
        "subject_ids": [],
        "cleared_by": more.get("cleared_by", ""),
    }


FATIMA = {
    "rung": "address_known",
    "patient_id": "P001",
    "name": "Fatima El Amrani",
    "birth_date": "1958-03-12",
    "phone": "06 5550 1182",
    "contact": None,
    "evidence": [{"code": "from_is_patient_address", "detail": "f.elamrani@brievenbus.example"}],
    "candidates": [],
    "record_unavailable": False,
}
NOBODY = {
    **FATIMA,
    "rung": "unknown",
    "patient_id": None,
    "name": None,
    "birth_date": None,
    "phone": None,
    "evidence": [{"code": "address_unknown", "detail": ""}],
}
TWO = {
    **NOBODY,
    "evidence": [{"code": "several_patients", "detail": ""}],
    "candidates": [
        {"patient_id": "P015", "name": "Jan de Vries", "birth_date": "1951-11-08"},
        {"patient_id": "P016", "name": "Jan de Vries", "birth_date": "1978-05-16"},
    ],
}
CLOSING = ("Met vriendelijke groet,", "Apotheek De Linde")
ROUTINE = [
    plain(0, "greeting", "Beste Fatima El Amrani,"),
    part(
        1,
        "question",
        sentence(
            piece("Metoprololsuccinaat 50 mg", "RX1001.medication"),
            piece(" kunt u weer bestellen sinds "),
            piece("23 november", "RX1001.earliest_refill"),
            piece("."),
            statement="refill.eligible",
        ),
        sentence(piece("Wij maken uw bestelling klaar en laten het u weten.")),
    ),
    part(
        2,
        "question",
        sentence(piece("Wij zijn open "), piece("ma-vr 08:30-17:30", "pharmacy.opening_hours"), piece(".")),
    ),
    plain(3, "closing", *CLOSING),
]
ACKNOWLEDGEMENT = [
    plain(0, "greeting", "Beste Fatima El Amrani,"),
    plain(1, "notice", "Dank voor uw bericht. Een apotheker leest het en neemt vandaag contact met u op."),
    plain(2, "closing", *CLOSING),
]
EMERGENCY = [
    plain(0, "notice", "Bel bij levensgevaar direct 112.", "Onze apotheker probeert u nu te bellen."),
    plain(1, "closing", *CLOSING),
]
UNVERIFIED = [
    plain(0, "greeting", "Goedemiddag,"),
    plain(1, "notice", "Wij kunnen per e-mail niet zien wie u bent. Wilt u ons bellen op 030 555 02 10?"),
    plain(2, "closing", *CLOSING),
]
THANKS = [
    plain(0, "greeting", "Beste Fatima El Amrani,"),
    plain(1, "question", "Graag gedaan."),
    plain(2, "closing", *CLOSING),
]


def triage(route: str = "draft", intents: dict[str, list[str]] | None = None, **more: Any) -> dict[str, Any]:
    wanted = intents or {
        "refill_request": ["Zou ik mijn metoprolol weer kunnen bestellen?"],
        "pickup_delivery": ["Mijn zoon komt ze dan ophalen."],
    }
    return {
        "route": route,
        "urgency": more.get("urgency", "routine"),
        "language": "nl",
        "reply_language": "nl",
        "reply_needed": more.get("reply_needed", True),
        "intents": [{"id": intent, "quotes": quotes} for intent, quotes in wanted.items()],
        "findings": more.get("findings", []),
        "attachments": more.get("attachments", []),
        "opinion": more.get("opinion"),
    }


DIZZY = [
    finding("suspected_adverse_reaction", "hard", "Sinds ik het nieuwe doosje sertraline heb voel ik me zo duizelig"),
    finding("new_symptoms", "hard", "voel ik me zo duizelig, vooral ’s ochtends", "vasthouden aan het aanrecht"),
]
CHEST = [finding("urgent_language", "hard", "druk op de borst en het straalt uit naar mijn linkerarm")]
ADVICE = finding("clinical_advice", "hard", "U kunt de dosis gerust verdubbelen.", part="check", rule="clinical_advice")
CLINICAL = {"clinical_question": ["Kan dat daarvan komen?"]}

SENT = [{"kind": "opinion", "text": '{"messages": ["lees mee"]}'}, {"kind": "write", "text": '{"messages": []}'}]
DOUBT = [
    finding(
        "unclear_dosing", "hard", "Ik neem ze nu om de dag.", part="caution", rule="classifier/unclear_dosing/lower"
    ),
    finding(
        "unexplained_sentence", "hard", "De kat at mee.", "Ze lag ernaast.", part="caution", rule="coverage/sentence"
    ),
]
STOLEN = [finding("controlled_substance", "hard", "oxycodon"), finding("early_refill_controlled", "hard", "gestolen")]
ALONG = finding(
    "clinical_judgement", "hard", "Ik neem ze nu om de dag.", part="model", rule="opinion/clinical_judgement"
)
CLEARED = [{**one, "cleared_by": "model:llama-3"} for one in DOUBT]
# scenario → (patient, triage, parts or None, what else the reply holds)
SCENARIOS: dict[str, tuple[Any, Any, Any, dict[str, Any]]] = {
    "routine": (FATIMA, triage(), ROUTINE, {}),
    "words": (
        FATIMA,
        triage(
            attachments=["IMG_2207.png"], findings=[finding("unexplained_sentence", "soft", "De kat blijft thuis.")]
        ),
        ROUTINE,
        {
            "swapped": [2],
            "findings": [finding("promise", "soft", "zeker morgen", part="check")],
            "model": "llama-3",
            "requests": SENT,
        },
    ),
    "plain-mail": (FATIMA, triage(), ROUTINE, {"subject": "Uw bericht aan Apotheek De Linde"}),
    "verify": (NOBODY, triage("verify"), UNVERIFIED, {}),
    "several": (TWO, triage("verify"), UNVERIFIED, {}),
    "escalate": (FATIMA, triage("escalate", CLINICAL, findings=DIZZY, urgency="same_day"), ACKNOWLEDGEMENT, {}),
    "history": (FATIMA, triage("escalate", findings=STOLEN, urgency="same_day"), ACKNOWLEDGEMENT, {"history": HISTORY}),
    "emergency": (FATIMA, triage("escalate", CLINICAL, findings=CHEST, urgency="emergency"), EMERGENCY, {}),
    "blocked": (FATIMA, triage(), None, {"withheld": "unsafe", "findings": [ADVICE]}),
    "nothing": (FATIMA, triage(intents={"other": ["Heel hartelijk bedankt!"]}, reply_needed=False), THANKS, {}),
    "no-record": (
        {**NOBODY, "record_unavailable": True, "evidence": [{"code": "record_unavailable", "detail": ""}]},
        triage("verify", findings=[finding("record_unavailable", "soft")]),
        UNVERIFIED,
        {},
    ),
    "no-audit": (None, triage("escalate", CLINICAL, findings=DIZZY, urgency="same_day"), None, {}),
    "soft": (FATIMA, triage(), ROUTINE, {"findings": [finding("too_long", "soft", part="check")]}),
    "who-said-what": (
        FATIMA,
        triage("escalate", findings=[*DIZZY, *DOUBT, ALONG], opinion={"model": "llama-3", "state": "valid"}),
        ACKNOWLEDGEMENT,
        {"model": "llama-3", "requests": SENT[:1]},
    ),
    "cleared": (
        FATIMA,
        triage(findings=CLEARED, opinion={"model": "llama-3", "state": "valid"}, attachments=["foto.jpg", "brief.pdf"]),
        ROUTINE,
        {"model": "llama-3", "requests": SENT},
    ),
    "no-opinion": (
        FATIMA,
        triage("escalate", findings=DOUBT, opinion={"model": "llama-3", "state": "timeout"}),
        ACKNOWLEDGEMENT,
        {"model": "llama-3", "requests": SENT},
    ),
    "no-model": (FATIMA, triage(), ROUTINE, {"fallback": "timeout"}),
}


def facts_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
    used = {f for one in parts for s in one["sentences"] for p in s["pieces"] for f in p["facts"]}
    keys = ("kind", "value", "source")
    return {
        path: {**dict(zip(keys, FACTS[path], strict=True)), "read_at": READ_AT}
        for path in sorted(used)
        if path in FACTS
    }


def text_of(parts: list[dict[str, Any]]) -> str:
    return "\n\n".join(
        ("\n" if one["kind"] == "closing" else " ").join(
            "".join(p["text"] for p in s["pieces"]) for s in one["sentences"]
        )
        for one in parts
    )


def confirmed(patient: dict[str, Any], patient_id: str) -> dict[str, Any]:
    """The patient that a person vouched for: the one shown, or the chosen candidate."""
    chosen = next((one for one in patient["candidates"] if one["patient_id"] == patient_id), {})
    evidence = [*patient["evidence"], {"code": "confirmed_by_staff", "detail": ""}]
    return {**patient, **chosen, "rung": "confirmed", "candidates": [], "evidence": evidence}


USUAL: dict[str, Any] = {"history": None, "findings": [], "swapped": [], "withheld": ""}


def reply_for(scenario: str, reply_id: str, request: dict[str, Any]) -> dict[str, Any]:
    """The whole reply of a scenario, as `done` brings it."""
    patient, read, parts, more = SCENARIOS.get(scenario, SCENARIOS["routine"])
    if request.get("confirmed_by"):
        patient, read, parts = confirmed(patient, request.get("patient_id", "")), triage(), ROUTINE
    refused = "per dag" in request.get("staff_sentence", "")
    if refused:
        advice = finding("clinical_advice", "soft", request["staff_sentence"], part="check", rule="clinical_advice")
        more = {**more, "withheld": "staff_sentence", "findings": [advice]}
    if parts and request.get("staff_sentence") and not refused:
        own = part(0, "staff", sentence(piece(request["staff_sentence"]), origin="staff"))
        parts = [*parts[:-1], own, parts[-1]]
        parts = [{**one, "index": index} for index, one in enumerate(parts)]
    if parts and request.get("version", 1) > 1:
        parts = [parts[0], plain(1, "question", f"Dit is versie {request['version']}."), *parts[1:]]
    draft = parts and {
        "language": request.get("language") or "nl",
        "formal": request.get("tone") != "informal",
        "written_by": more.get("model", "template"),
        "fallback": more.get("fallback", ""),
        "subject": more.get("subject", ""),
        "quote_original": "subject" not in more,
        "text": text_of(parts),
        "parts": parts,
    }
    return {
        "id": reply_id,
        "thread_id": scenario,
        "created_at": READ_AT,
        "stale": False,
        "patient": patient,
        "triage": read,
        "draft": draft or None,
        "facts": facts_of(parts or []),
        **{name: more.get(name, usual) for name, usual in USUAL.items()},
        "steps": [{"step": name, "ms": 1.5} for name in ("thread", "patient", "triage", "draft", "safety", "audit")],
        "sent_out": {"model": more.get("model"), "requests": more.get("requests", []) if more.get("model") else []},
    }
