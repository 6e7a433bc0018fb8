"""Dutch words that state nothing by themselves: grammar, people, places, papers and ways to reach each other.

Verbs and adjectives that say how something stands, what it does or what it is worth are left out on purpose: such a word is
explained only as part of a claim that the record bears out, or of a phrase of `frames.py`."""

_WORDS_TEXT = """
u uw uwe uzelf je jouw jij jou jullie zich ik mij me mijn wij we ons onze hij zij ze hem haar hun hen zijn het de een
die dat dit deze er daar hier hiervan hiermee daarvan daarvoor daarover daarop daaraan daaruit hierover hiervoor
hierop hieraan erover ervan eraan ermee erop eruit ervoor erin erbij daarmee daarna daarbij daarom daarin dus en of
maar want omdat als dan toen toe te om met van voor na bij in op aan uit tot naar over tussen vanaf sinds per door via
tegen tijdens rond rondom volgens wegens namens vanwege ondanks behalve inclusief ook nog al niet geen wel toch even
eens weer meer alleen slechts graag helaas inmiddels intussen ondertussen momenteel nu toevallig eerst daarnaast
verder vervolgens overigens trouwens namelijk bovendien echter wie wat waar welke welk wanneer hoe hoeveel waarom
waarvoor waarmee waarop waarover waaruit waarvan waaraan ieder iedere elk elke alle alles iets niets iemand niemand
iedereen diegene degene beide allebei zelf samen zo zoals net pas terwijl mocht mochten tenzij totdat zolang voordat
nadat zodat zodra indien hetzij s t m n ja nee jazeker hoor ander andere anders eigen zelfde dezelfde hetzelfde ander
enkel enkele paar aantal eerste tweede derde laatste vorige volgende komende aankomende afgelopen huidige nieuw nieuwe
oud oude verschillende diverse heel zeer iets beetje ongeveer circa liever liefst natuurlijk uiteraard
gewoon eigenlijk daarentegen ma di wo do vr za zo alvast sindsdien intussen bijv bijvoorbeeld wellicht misschien
zodoende mede vooral rechtstreeks zelfs tenminste ruwweg eerder later gewone speciale korte kort
langere langer lang snel sneller spoedig direct meteen is zijn was waren wordt worden werd heeft hebben hebt heb had
hadden ben bent kan kunt kunnen kun kon konden wil wilt willen zou zouden zal zullen mevrouw meneer mijnheer heer
heren dames dhr mevr mw dr drs familie moeder vader man vrouw zoon dochter broer zus opa oma partner kind kinderen
ouders kleinkinderen kleinzoon kleindochter buurvrouw buurman buren vriend vriendin mantelzorger huisgenoot collega
collegas collega's huisarts huisartsen arts artsen dokter specialist cardioloog internist psychiater dermatoloog
reumatoloog orthopeed kinderarts tandarts neuroloog voorschrijver praktijk ziekenhuis polikliniek laboratorium
apotheek apotheken apotheker apothekers apothekersassistent assistent assistente medewerker medewerkers team ploeg
leidinggevende bezorger koerier groothandel leverancier fabrikant verzekeraar zorgverzekeraar zorgverzekering
verzekering huisartsenpost dienstapotheek patient patienten klant klanten persoon mensen contactpersoon gemachtigde
gezin echtgenoot echtgenote trombosedienst thuiszorg wijkverpleging infolijn helpdesk bericht berichten berichtje mail
mails mailtje e email brief bel telefoontje sms sms'je telefoon telefoonnummer nummer nummers adres adressen mailadres
emailadres e-mailadres vakantieadres bezorgadres huisnummer postcode woonplaats naam namen achternaam geboortedatum
gegevens contactgegevens persoonsgegevens polisgegevens verzekeringsgegevens vraag vragen verzoek verzoeken aanvraag
antwoord antwoorden reactie reacties klacht klachten opmerking compliment voorstel wijziging wijzigingen aanmelding
afmelding afzegging inschrijving overstap verhuizing toestemming machtiging voorkeur melding bevestiging herinnering
nieuwsbrief nieuwsbrieven reclame aanbieding aanbiedingen nieuws informatie uitleg toelichting overzicht
medicatieoverzicht medicijnoverzicht medicijnpaspoort bijsluiter etiket formulier kopie foto bijlage dossier systeem
storing administratie portaal website app inlog account code afhaalcode kluis kluisje afhaalkluis afhaalautomaat
automaat locker balie toonbank apotheekbalie deur winkel pand gebouw straat plein wachtruimte parkeerplaats
identiteitsbewijs legitimatie legitimatiebewijs paspoort rijbewijs id id-kaart zorgpas zorgpasje pasje pas
verzekeringspas bankpas bankafschrift rekening rekeningen rekeningnummer factuur facturen nota nota's bon bonnetje
kassabon bedrag bedragen totaalbedrag totaal euro cent kosten eigen risico bijdrage terhandstelling
terhandstellingskosten polis polissen polisnummer vergoeding betaling betalingen betalingsregeling overboeking
overschrijving incasso pin contant recept recepten receptje herhaalrecept herhaalrecepten voorschrift herhaling
herhalingen herhaalservice bestelling bestellingen medicijn medicijnen medicatie geneesmiddel geneesmiddelen middel
middelen tablet tabletten tabletjes capsule capsules doos doosje doosjes dozen verpakking verpakkingen strip strips
flesje flesjes fles pot tube tubes pen pennen inhalator inhalatoren inhaler spray neusspray gel zalf creme poeder
sachet sachets zakje zakjes zak tas tasje pakket pakketje pakje levering leveringen leverdatum verwachte voorraad
afspraak afspraken agenda spreekuur griepprik prik vaccinatie griepvaccinatie bloeddrukmeting meting
medicatiebeoordeling beoordeling gesprek medicatiegesprek consult controle reisvaccinatie reisadvies
inhalatie-instructie inhalatie instructie uitslag uitslagen bepaling kaliumbepaling lab labuitslag onderzoek
bloedonderzoek bloedprikken medicijnrol baxterrol naaldenbeker naaldencontainer steunkousen verbouwing privacy
burgerservicenummer bsn namens notitie lijst lijstje stap dag dagen dagje week weken weekje weekend maand maanden jaar
jaren uur uren minuut minuten moment momenten tijd tijden tijdstip ochtend ochtends ochtenden middag middags middagen
avond avonds vanochtend vanmiddag vanavond vandaag morgen overmorgen gisteren maandagochtend vrijdagmiddag werkdag
werkdagen doordeweeks feestdag feestdagen vakantie reis vertrek datum data periode kwartaal kerst openingstijden
kantooruren gewone eind begin half kwart thuis weg buiten beneden boven langs plek plekje plaats kant hoek nederland
online telefonisch mondeling persoonlijk persoonlijke digitaal per ommegaande nacht nachts kerstdagen oud nieuwjaar
pasen lente zomer herfst winter wintersport drukke drukte file regen weer zaak zaken onderwerp reden oorzaak manier
wijze keer keren kans keuze mogelijkheid mogelijkheden oplossing punt punten betekenis advies ingang inhoud regel
regels afdeling loket drogist personen beherend beherende ieders bovenaan onderaan voorgesteld begeleidingsgesprek bloedsuikermeting cholesterolmeting huisbezoek speciaal stad dorp anderen seizoen toetsenbord stand beurt orde zake geval gevallen verschil hulp zorg service contact gang
hand handen hoogte gaten slag namelijk groet groeten groetjes dank excuus excuses begrip geduld ongemak verwarring
vergissing misverstand ergernis wachttijd bezoek rest
"""
WORDS = frozenset(_WORDS_TEXT.split())
