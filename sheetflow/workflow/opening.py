"""Whether a program's opening may stand in an answer: two harmless sentences about what was said, or none."""

import re
import unicodedata
from collections.abc import Callable

from sheetflow.workflow.courtesy import STATES, strays
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.phrases import any_word, group_of
from sheetflow.workflow.wishes import wishes

LONGEST = 300  # characters
MOST_SENTENCES = 2
PARROTED = 6  # words in a row as the lead wrote them, if they state something


def refusal(opening: str, lead: Lead, language: str, language_of: Callable[[str], str]) -> str:
    """Why it may not; empty if it may. `language` is the one in which the answer must be (ISO 639-1)."""
    if wishes(lead):
        return "the lead wishes to be told something"
    if len(opening) > LONGEST or len(_SENTENCE.findall(opening)) > MOST_SENTENCES:
        return "it is too long"
    if _parrots(opening, lead.message):
        return "it repeats the lead's words"
    for pattern, what in _FORBIDDEN:
        if pattern.search(opening):
            return f"it holds {what}"
    if any(unicodedata.category(sign)[0] == "C" or not _is_plain(sign) for sign in opening):
        return "it holds signs that no sentence needs"
    if language_of(opening) != language:
        return "it isn't in the lead's language"
    if name := _strange_name(opening, lead, language):
        return f"it names {name}"
    if strays(opening, lead.name):
        return "it goes beyond courtesy"
    return ""


_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_NUMBERS = any_word(r"""
    two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
    (?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?
    hundreds?|thousands?|millions?|percent|dozens?|half|double|twice|triple|zero|\w+[- ]figure
    zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\w*(?:zehn|zwanzig|dreißig|hundert|tausend)\w*
    \w*(?:vier|fünf|sech|sieb|acht|neun)zig|prozent|halbe[nrs]?|doppelt\w*
    (?:dritt|viert|fünft|sechst|siebt|acht|neunt|\w*zehnt|elft|zwölft|\w+zigst)e[nr]
    deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt\w*|trente
    quarante|cinquante|soixante|cents?|mille|centaines?|dizaines?|douzaines?|pour ?cent|moitié
    (?<!votre )dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|trece|catorce|quince
    dieci\w+|veint\w+|treinta
    (?:cuar|cincu|ses|set|och|nov)enta|\w*cient[oa]s?|cien|quinient[oa]s|mil|por ciento|mitad|doble
    tre|quattro|cinque|sette|otto|nove|dieci|\w+dici|diciotto|diciannove|metà
    (?:venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta)\w*|\w*cento|\w*mila
""")
_PRICES = any_word(r"""
    costs|charges?|fees?|prices?|pays?|free|complimentary|on us|on the house|bargains?|(?:hourly|flat) rates?
    euros?|dollars?|pounds sterling|bitcoin\w*|crypto\w*|quid|a grand|bucks?|fivers?|tenners?
    pence|penn(?:y|ies)|peanuts|francs?|pesos?|shillings?|cents?
    kostet(?! (?:\w+ )?(?:kraft|nerven|mut))
    (?:sie|ihnen) kosten|geht auf uns|auf unsere kosten|preise?|frei|für lau|berechn\w*
    franken|rappen|geschenkt|geschenke?
    coûte\w*|prix|offerte?s?|à (?:notre charge|nos frais)|notre tournée|centimes?
    cuestan?|costará\w*|precios?|costes?|por cuenta de|a nuestro cargo|céntimos?|centavos?
    costa(?:no|rà)|prezz[oi]|offert[oaie]|a nostro carico|centesimi
""")
_TIMES = any_word(r"""
    mon(?:day)?s?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|today|tonight|tomorrow
    noon|midnight|midday|nightfall|lunch|breakfast|dinner
    (?:next|this|coming|same) (?:hour|day|week|weekend|month|year|morning|afternoon|evening|night)
    within (?:the|an?|one) \w+|in (?:an?|the next) (?:\w+ )?(?:minute|moment|hour|day|week|flash)s?|o'clock
    first thing|right away|straight away|immediately|shortly|in no time|easter|christmas|new year\w*
    january|february|april|june|july|august|september|october|november|december
    montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|heute|morgen|übermorgen
    (?:diese|nächste|kommende)[rnsm]? (?:\w+ )?(?:stunden?|tagen?|woche|wochenende|monat)|übernächste\w*
    in (?:\w+ )?(?:stunden?|minuten?|tagen?|wochen?|kürze)|(?:\w+tag|heute|morgen)(?:früh|abend|mittag)
    (?:vor|nach)?mittags?
    sofort|umgehend|demnächst|ostern|weihnachten|silvester|januar|februar|märz|mai|juni|juli|oktober|dezember
    lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd['’]hui|demain|après-demain|ce soir
    (?:cette|la) semaine(?: prochaine)?|(?:mois|an|année) prochaine?|tout de suite|sous peu|midi|pâques|noël
    (?:dans|sous|d['’]ici) (?:\w+['’ ])?(?:heures?|minutes?|jours?|semaines?|mois|instants?)
    janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre
    lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|mañana|esta (?:misma )?(?:noche|tarde|semana)
    (?:semana|mes|año) que viene|próxim[oa] \w+|enseguida
    (?:dentro de|en) (?:\w+ )?(?:horas?|minutos?|días?|semanas?)|navidad(?:es)?|semana santa
    enero|febrero|abril|junio|julio|septiembre|octubre|noviembre|diciembre
    lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|oggi|domani|dopodomani|stasera
    (?:settimana|mese) prossim[oa]|prossim[oa] (?:settimana|mese)|(?:tra|fra|entro) \w+|subito|natale|pasqua
""")
_PROMISES = any_word(r"""
    guarant\w*|garant\w*|promis\w*|promess\w*|promet\w*|versprech\w*|zusicher\w*|warrant\w*|lifetime
    (?<!\ba )(?<!\byour )will
    i(?:['’]ll| shall)|you['’]ll|on (?:the|his|her|our|their) way|at your door|is yours|safe
    ich (?:werde|komme)|unterwegs|\w+(?:erons|irons)|en route|en camino|de por vida
    for nothing|gratis|gratuit\w*|kosten(?:los|frei)\w*|umsonst
    discounts?|rabatt\w*|remise\w*|réduction\w*|descuento\w*|sconto|cheap\w*|lowest|günstig\w*|barat\w*
    refund\w*|rückerstatt\w*|rembours\w*|reembols\w*|rimbors\w*|special offers?|for sale|deals?
    vouchers?|coupons?|bonus|gift (?:card|voucher)s?|lottery|prizes?|winners?|you (?:have )?won
    the (?:best|finest)|die besten?|les? meilleurs?|la meilleure|el mejor|los mejores|(?:il|i) migliori?
    (?:some(?:body|one)|help|a colleague|our \w+) (?:is (?:coming|on|at)|(?!is)\w+s)
    engineers?|technicians?|monteur\w*|techniker\w*|techniciens?|técnicos?|tecnic[oi]
    (?:jemand|kollege|kollegin|hilfe) (?:kommt|ruft|ist)|ist jemand|quelqu['’]un (?:vient|passe|arrive)
    on (?:passe|arrive|vient|prend|fait|répare|règle|paie|garde)
    as good as|consider (?:it|this|that|your|yourself)|(?:my|our) word|count on|rely on
    confirmed|booked|reserved|scheduled|arranged|approved|granted|insured|sorted|locked in|taken care
    (?:is|be|gets?) (?:\w+ )?(?:fixed|repaired|solved|done)|liab\w+|compensat\w*|(?:my|our) fault
    bestätig\w*|gebucht|reserviert|vereinbart|genehmigt|erledigt|repariert|haft(?:en|ung|bar)
    schadensersatz|ehrenwort|verlassen sie sich
    confirmée?s?|assurée?s?|réservée?s?|réparée?s?|réglée?s?|accordée?s?|responsabilité|dédommag\w*|indemnis\w*
    comptez sur|confirmad\w+|reservad\w+|reparad\w+|concedid\w+|indemniza\w*|responsabilidad|cuente con
    confermat\w+|prenotat\w+|riparat\w+|responsabilità|risarc\w+|conti su
""")
_LINKS = re.compile(
    r"https?:|www\.|://|\w@\w|(?<=\w)\.(?=[a-z]{2,})|\bdot \w+"
    r"|\b(?:punkt de|(?:punkt|point|punto) (?:com|net|org|io))\b",
    re.IGNORECASE,
)
_FORBIDDEN = (
    (_LINKS, "a link or an address"),
    (re.compile(r"\d"), "a number"),
    (re.compile(r"[€$£¥%]"), "a price"),
    (_NUMBERS, "a number"),
    (_PRICES, "a price"),
    (_TIMES, "a date"),
    (_PROMISES, "a promise"),
    (re.compile(r"[<>\[\]{}()*_`#|\\^~=+@/&]|^\s*[-–]"), "markup"),
    (re.compile(r"\b[^\W\d_a-zß-ÿ]{3,}\b.*\b[^\W\d_a-zß-ÿ]{3,}\b"), "capitals"),
)
_CAPITAL = re.compile(r"\b[^\W\d_a-zß-ÿ]\w+")
_INITIAL = re.compile(r"(?:^|[.!?…]\s+)[\"“„«¡¿]?\w+(?:['’-]\w+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What stands before a noun, which German writes with a capital.
_BEFORE_NOUN = re.compile(
    "(?!sie|wie|herr|frau|ich)"
    + group_of(r"""
        d(?:er|ie|as|em|en|es)|ein\w*|kein\w*|ihr\w*|unser\w*|eur\w*|dies\w*|jed\w*|all\w*|viel\w*|so
        zu[mr]?|beim|im|am|vom|ins|ans|als|und|oder|mit|für|ohne|bei|nach|auf|in|an|über|wegen|von|aus|vor
        [a-zäöüß]+(?:en|em|er|es|e)
    """)
)
_GERMAN_NOUN = re.compile(
    r"\w+(?:ung|heit|keit|schaft|tion|tät|nis|fotos?)(?:en|s)?|Hilfe|Sorgen?|Rat|Dank|Angst"
)
# Elsewhere: places, what something is about, languages and abbreviations.
_AT = re.compile("at|in|to|from|near|on|about|à|au|de|en|sobre|a|di|da")
_ANIMAL = re.compile(
    r"\b(?i:dog|cat|puppy|kitten|horse|pony|rabbit|hund|hündin|katze|kater|welpe|pferd|chien(?:ne)?"
    r"|chat(?:te)?|cheval|perr[oa]|gat[oa]|caballo|cane|gatt[oa])"
    r"(?i:,| called| named| namens| heißt)? ([^\W\d_a-zß-ÿ]\w+)"
)
_ARTICLES = frozenset(("the", "la", "le", "el", "los", "las", "les", "il"))
_NO_NAME = re.compile(r"\w+(?:ish|ese|ian|ean|ench|erman)|[^\W\d_a-z]{2,}")
_POLITE = frozenset(("sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "i", "i'm", "i’m"))


def _is_plain(sign: str) -> bool:
    """Latin letters with their accents, spaces, and the marks of sentences."""
    if sign.isalpha():
        return "LATIN" in unicodedata.name(sign, "")
    return sign in " .,;:!?…'’‘\"“”„«»–—-¿¡"


def _strange_name(opening: str, lead: Lead, language: str) -> str:
    """A word with a capital that reads like a name: the lead's own, its places and animals may stand."""
    texts = (lead.name, lead.message, lead.service, lead.location, lead.urgency)
    told = set(_words(" ".join(texts)))
    names = {word.casefold() for text in texts for word in _CAPITAL.findall(_INITIAL.sub(" ", text))}
    own = {*_words(lead.name), *_words(" ".join(_ANIMAL.findall(lead.message))), *_POLITE}
    initials = {match.end() for match in _INITIAL.finditer(opening)}
    previous = ""
    for match in _WORD.finditer(opening):
        written, word = match[0], match[0].casefold()
        is_capital, is_initial = written[0].isupper(), match.end() in initials
        if language == "de":
            is_noun = bool(_BEFORE_NOUN.fullmatch(previous) or _GERMAN_NOUN.fullmatch(written))
            is_fine = is_initial or word in told or is_noun
            previous = "" if is_noun and is_capital and word not in _POLITE else word
        else:
            is_place = word in told and bool(_AT.fullmatch(previous))
            is_fine = word not in names if is_initial else is_place
            # A place may have more than one word: "at Harewood Barn".
            if written not in _ARTICLES and not (is_capital and is_place):
                previous = word
        if is_capital and not is_fine and word not in own and not _NO_NAME.fullmatch(written):
            return written
    return ""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _parrots(opening: str, message: str) -> bool:
    said, wrote = _words(opening), _words(message)
    runs = {tuple(wrote[at : at + PARROTED]) for at in range(len(wrote) - PARROTED + 1)}
    parroted = (said[at : at + PARROTED] for at in range(len(said) - PARROTED + 1))
    return any(tuple(run) in runs and STATES.search(" ".join(run)) for run in parroted)
