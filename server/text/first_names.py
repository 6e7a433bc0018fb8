"""First names as people write them: short forms of one name, and names that plainly are a man's or a woman's.

Used to doubt a match, never to address anybody: "my mother" is not Kees, "Jim's tablets" may well be James's."""

from functools import lru_cache

from server.text.words import fold

# Names in one row may be one person's: the passport's name and what people say.
_SHORT_FORMS = """
geertruida truus trudy geertje gertrud | cornelis kees cees cor | cornelia corrie nel nellie lia cora
johannes jan hans johan joop jo sjang | johanna jo joke jannie annie hanna hannie jopie ans | maria ria mieke riet miep marie marijke mia rie
wilhelmus willem wim will pim | wilhelmina mien mina willy wil willemien minke | pieter piet peter petrus | petronella nel nelly pietje petra
hendrik henk henny hein harry | hendrika rika hennie riek ina | gerardus gerard gerrit ger geert | gerarda gerda
adrianus adriaan ad arie janus | adriana jaan sjaan janny ada | antonius anton ton toon tony twan | antonia toos tonia
jacobus jacob jaap koos sjaak jaco | jacoba coba koosje | margaretha greet gretha margriet margreet grietje griet marga
elisabeth elizabeth els bep betsy lies liesbeth elly liz beth betty lisa eliza libby | catharina katharina trees toos tine rina cato kaat truitje
theodorus theo dorus | theresia trees thea tresia | franciscus frans sus cis | francisca fransje cisca | josephus jozef jos jef sjef joseph joe
lambertus bert bertus lammert | albertus albert bert ab appie | hubertus huub bert | leonardus leo leonard len | martinus martin tinus tiny
nicolaas nico klaas nick nicholas | alexander lex sander alex xander | robertus robert rob bob bobby robbie bert | augustus guus gust
sebastiaan bas sebastian | christiaan chris christian | christina christine stien tina chris ineke | anna an anneke anne annie antje ans annika
matthijs thijs mattheus matty matthew matt | bernardus bernard ben bernie | frederik frits fred freddy | laurens laurentius lau lourens rens
james jim jimmy jamie | william bill billy will liam | margaret maggie peggy meg marge madge | richard rick dick richie
michael mike mick mickey michiel | thomas tom tommy | edward ed eddie ted eduard | katherine catherine kate kathy katie cathy kay
patricia pat patsy trish tricia | susan sue suzanne susie | deborah debbie deb | barbara babs barb | dorothy dot dottie dolly
charles charlie chuck karel | andrew andy drew andries dries | anthony tony ant | samuel sam sammy | daniel dan danny | david dave
stephen steven steve stefan | kenneth ken kenny | ronald ron ronnie | gerald gerry jerry | john jack johnny johnnie | eugene gene
victoria vicky vic | rebecca becky becca | jennifer jenny jen | pamela pam | eleanor ellie nell nora | penelope penny | christopher chris topher
emily em emmy | abdullah abdel | mohammed mohamed muhammad mo | fatima fatma fatiha | jeroen hieronymus
"""
_MEN = frozenset(
    """jan kees cornelis piet pieter peter henk hendrik willem wim gerard gerrit johannes hans johan jaap jacob koos jacobus klaas nico theo frans
    bert albert ton anton antonius leo martin marco mark rob robert bob jos jozef jef karel dirk daan sem thijs bas sander lars bram emir mehmet mohammed
    mohamed ahmed youssef ali hassan murat anil rohan james jim john thomas tom william bill richard michael mike edward charles david daniel andrew
    stephen steven kenneth ronald george brian paul kevin gary jeroen stefan joost ruud wouter maarten erik rik rick dennis patrick arie cees joop
    hein harry adriaan teun luuk gijs sjaak fred frits guus hubert guido luc dries joris pim""".split()  # noqa: SIM905
)
_WOMEN = frozenset(
    """maria ria mieke johanna joke anna anneke geertruida truus cornelia corrie wilhelmina mien willemien margaretha greet margriet marga elisabeth
    elizabeth els bep catharina trees petronella hendrika rika annie ans gerda adriana ineke tineke marijke marieke sanne lotte noor emma sofie sophie julia
    lisa eva fleur femke linda monique petra ingrid karin astrid esther judith saskia wilma yvonne fatima aisha aylin ayse khadija naima priya emily mary
    margaret susan patricia jennifer sarah karen nancy linda barbara dorothy helen sandra kate catherine siobhan aoife sofia giulia francine chantal
    hilde griet lieve katrien leen an marleen godelieve johanneke riet miep sjaan toos cisca""".split()  # noqa: SIM905
)
_PET_ENDINGS = frozenset(["tje", "je", "etje", "pje", "ke", "lief", "ie", "y", "s"])


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    rows = [row for line in _SHORT_FORMS.split("\n") for row in line.split("|")]
    for number, row in enumerate(rows):
        for name in row.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_first_name(one: str, other: str) -> bool:
    """Whether two first names can be one person's: equal, an initial, a short form, a pet form ("Noortje", "Em")."""
    a, b = fold(one).strip(".' "), fold(other).strip(".' ")
    if not a or not b:
        return False
    if a == b or (1 in (len(a), len(b)) and a[0] == b[0]):
        return True
    if _groups().get(a, frozenset()) & _groups().get(b, frozenset()):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 3 and long.removeprefix(short) in _PET_ENDINGS


def sex_of(first_name: str) -> str:
    """ "m", "f", or "" when the name does not plainly tell; of a compound the first part counts."""
    name = fold(first_name).split("-")[0].strip(".' ")
    man, woman = name in _MEN, name in _WOMEN
    return "" if man == woman else ("m" if man else "f")
