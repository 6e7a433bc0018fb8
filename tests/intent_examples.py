"""Mail as patients might write it, with its leading intent: kept apart from the content, which was never fitted to it."""

HELD_OUT: dict[str, dict[str, tuple[str, ...]]] = {
    "refill_request": {
        "nl": (
            "Hoi, zouden jullie mijn puffertjes weer kunnen bestellen? Ik heb er nog eentje.",
            "Geachte heer, gaarne ontvang ik wederom mijn lisinopril en furosemide.",
            "Voor mijn moeder graag de calciumtabletten, ze heeft nog een strip.",
            "kunnen jullie mn pil klaarleggen hij is bijna op",
        ),
        "en": (
            "Hello, could you get my blood pressure tablets ready again? I only have a week left.",
            "Please may I order my lisinopril and furosemide once more.",
            "For my mother the calcium tablets please, she is down to her last strip.",
            "need my pill again its nearly finished thx",
        ),
    },
    "prescription_status": {
        "nl": (
            "Weet u al wanneer de Eliquis klaarligt?",
            "Ik kreeg nog geen sms, is mijn herhaalrecept al verwerkt?",
            "Zijn de oogdruppels van mijn man er al?",
        ),
        "en": (
            "Do you know when the Eliquis will be ready?",
            "I have had no text yet, has my repeat been processed?",
            "Are my husband's eye drops in?",
        ),
    },
    "pickup_delivery": {
        "nl": (
            "Kan de doos morgen aan huis worden gebracht? Ik ben slecht ter been.",
            "Hoe laat gaan jullie zaterdag dicht, dan haal ik de spullen op.",
            "Mag mijn kleindochter de medicijnen voor mij meenemen?",
        ),
        "en": (
            "Could the box be brought to the house tomorrow? I can't walk far.",
            "What time do you close on Saturday so I can pick it up?",
            "Is it all right if my granddaughter collects my medicines?",
        ),
    },
    "appointment": {
        "nl": (
            "Ik kan donderdag toch niet komen voor de vaccinatie, kan het een week later?",
            "Graag zou ik met de apotheker een gesprek plannen over mijn medicijngebruik.",
        ),
        "en": (
            "I can't make it on Thursday for the vaccination after all, could we do a week later?",
            "I'd like to schedule a consultation with the pharmacist.",
        ),
    },
    "lab_followup": {
        "nl": (
            "Is er al iets bekend van het bloedprikken van vorige week?",
            "Heeft het lab mijn kaliumuitslag doorgestuurd?",
        ),
        "en": (
            "Is there anything known yet from the blood test last week?",
            "Did the lab send you my potassium result?",
        ),
    },
    "billing": {
        "nl": (
            "Op mijn afschrift staat 23,50 aan uw apotheek, waarvoor is dat?",
            "Ik heb de nota gisteren overgemaakt, klopt dat?",
        ),
        "en": (
            "My bank statement shows 23.50 to your pharmacy, what is that charge for?",
            "I paid the invoice yesterday, is that right?",
        ),
    },
    "insurance": {
        "nl": ("Per 1 januari ben ik verzekerd bij Menzis.", "Vergoedt mijn verzekering de neusspray?"),
        "en": ("From 1 January I will be insured with Menzis.", "Does my insurance cover the nasal spray?"),
    },
    "stock_availability": {
        "nl": ("Heeft u de muggenspray met DEET in huis?", "Zijn de estradiolpleisters alweer te krijgen?"),
        "en": ("Do you stock the mosquito spray with DEET?", "Are the estradiol patches available again?"),
    },
    "clinical_question": {
        "nl": (
            "Mag ik een glas wijn bij de antibiotica?",
            "Sinds de nieuwe tabletten ben ik steeds misselijk, kan dat kloppen?",
        ),
        "en": (
            "Can I have a glass of wine with the antibiotics?",
            "Since the new tablets I feel sick all the time, is that normal?",
        ),
    },
    "prescription_transfer": {
        "nl": (
            "Onze vorige apotheek zit in Arnhem, kunt u de recepten overnemen?",
            "De kaakchirurg heeft een recept meegegeven.",
        ),
        "en": (
            "Our previous pharmacy is in Leeds, can you take over the prescriptions?",
            "The dental surgeon gave me a prescription.",
        ),
    },
    "consent_change": {
        "nl": ("Haal mij alstublieft van de mailinglijst.", "Wij zijn verhuisd, ons nieuwe adres is Kastanjelaan 4."),
        "en": ("Please take me off the mailing list.", "We have moved house, our new address is 4 Chestnut Lane."),
    },
    "other": {
        "nl": (
            "Wat een onbeschofte medewerker had ik aan de telefoon.",
            "Hartelijk dank voor de goede zorgen van afgelopen week.",
        ),
        "en": ("Your colleague on the phone was very rude to me.", "Many thanks for the good care last week."),
    },
}
