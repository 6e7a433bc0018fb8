"""English words that state nothing by themselves: grammar, people, places, papers and ways to reach each other.

Verbs and adjectives that say how something stands, what it does or what it is worth are left out on purpose: such a word is
explained only as part of a claim that the record bears out, or of a phrase of `frames.py`."""

_WORDS_TEXT = """
you your yours yourself i my me mine we our ours us he she they him her his hers them their theirs it its one ones the
a an this that these those there here of for to from in on at by with without into onto over under between about after
before since until till during per via through around near as than then so and or but if when whenever once while
because unless although though however whether where which who whom whose what why how not no nor never none yet
already still again also too only just even both either neither each every all any some something anything nothing
someone anyone somebody anybody everyone everything nobody other others another same such more less else instead
otherwise meanwhile meantime now today tomorrow yesterday tonight later earlier earliest first second third last next
previous new old current own s t d ll re ve m yes yeah please unfortunately sadly afraid course actually indeed
exactly simply rather quite very really soon shortly moment little bit few several much lot lots further
afterwards up down out off back away till upon within yet ever apart according regarding concerning including latter
former personal personally ordinary quick quickly short shortly long longer sooner straight right well
together currently electronically directly aside alone least thereafter whichever whoever instead maybe
perhaps far along ahead forward across around o'clock eg ie etc certain various single is are am was were be been
being has have had having do does did doing can could will would shall should may might it's that's there's here's
he's she's we're you're they're i'm we've you've they've i've we'll you'll they'll i'll he'll she'll it'll that'll
we'd you'd i'd they'd isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't cannot couldn't
won't wouldn't shouldn't what's who's let's mr mrs ms miss dr doctor doctors gp gps specialist cardiologist consultant
psychiatrist dentist prescriber surgery practice hospital clinic laboratory lab pharmacy pharmacies pharmacist
pharmacists pharmacist's technician colleague colleagues team staff member manager courier driver supplier wholesaler
manufacturer insurer insurers insurance mother mum father dad husband wife partner son daughter brother sister child
children grandchildren parents neighbour neighbours friend flatmate housemate carer person people patient patients
customer customers household family home house party parties father's mother's husband's wife's daughter's son's
sister's brother's doctor's today's tomorrow's week's message messages mail mails email emails e-mail e-mails letter
letters line call calls phone telephone number numbers text texts sms address addresses email-address postcode street
name names surname birth date dates details data information record records file files question questions request
requests query answer answers reply replies response feedback complaint complaints comment compliment comments
suggestion change changes registration permission consent authorisation preference preferences confirmation reminder
newsletter newsletters offers news marketing explanation overview overviews list lists leaflet leaflets label form
copy copies photo picture attachment system portal website app account code codes locker lockers counter desk door
front shop building room car park identity identification proof id passport card cards licence bank transfer cash
invoice invoices bill bills amount amounts total euro euros cents cost costs charge charges fee fees deductible excess
contribution balance payment payments policy policies plan cover coverage prescription prescriptions script refill
refills repeat repeats renewal renewals order orders item items medicine medicines medication medications tablet
tablets capsule capsules pill pills box boxes pack packs packet packets bottle bottles tube tubes pen pens inhaler
inhalers spray patch patches gel cream sachet sachets bag bags parcel parcels package packages delivery deliveries
supply supplies stock appointment appointments diary calendar agenda slot slots visit visits flu jab vaccination
vaccinations vaccine vaccines blood pressure check checks measurement review instruction training consultation result
results test tests travel privacy safety reasons reason bsn service services holiday holidays trip day days week weeks
weekend weekday weekdays month months year years hour hours minute minutes time times morning mornings afternoon
afternoons evening evenings noon o'clock am pm mon tue wed thu fri sat sun opening half quarter past onwards beginning
end middle place places side way ways person online himself herself themselves itself managing health insurer's citizen document documents fault example strength approval prior prescriber's diary's outside office night everyone's anyone's someone's else's thing things matter matters subject case cases point points part
parts rest step steps kind sort sake option options possibility possibilities choice help care contact touch thanks
thank regards apologies apology inconvenience delay trouble proposal definite patience understanding confusion mistake frustration wait
queue word hello hi dear welcome
"""
WORDS = frozenset(_WORDS_TEXT.split())
