"""Whether a program's opening may stand in an answer: two harmless sentences about what was said, or none."""

import re
import unicodedata
from collections.abc import Callable

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.phrases import any_word, group_of

LONGEST = 300  # characters
MOST_SENTENCES = 2
PARROTED = 8  # words in a row as the lead wrote them


def refusal(opening: str, lead: Lead, language: str, language_of: Callable[[str], str]) -> str:
    """Why it may not; empty if it may. `language` is the one in which the answer must be (ISO 639-1)."""
    if len(opening) > LONGEST or len(_SENTENCE.findall(opening)) > MOST_SENTENCES:
        return "it is too long"
    for pattern, what in _FORBIDDEN:
        if pattern.search(opening):
            return f"it holds {what}"
    if any(unicodedata.category(sign)[0] == "C" or not _is_plain(sign) for sign in opening):
        return "it holds signs that no sentence needs"
    if not _TO_SOMEBODY.search(opening):
        return "it doesn't speak to the lead"
    if language_of(opening) != language:
        return "it isn't in the lead's language"
    if name := _strange_name(opening, lead, language):
        return f"it names {name}, whom the lead didn't name"
    return "it repeats the lead's words" if _parrots(opening, lead.message) else ""


_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_NUMBERS = any_word(r"""
    two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty
    hundreds?|thousands?|millions?|percent|dozen|half|double|twice|zero
    zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|prozent
    halbe[nrs]?
    deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|mille|pour ?cent|moitié
    dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|treinta|cien|ciento|por ciento|mitad
    tre|quattro|cinque|sette|otto|dieci|venti|cento|mila|metà
""")
_TIMES = any_word(r"""
    mon(?:day)?s?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|today|tonight|tomorrow
    noon|midnight
    next (?:week|month|year)|this (?:week|month|afternoon|evening)|within (?:the|an?|one) \w+|o'clock
    january|february|april|june|july|august|september|october|november|december
    montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|heute|morgen|übermorgen
    nächste[rn]? (?:woche|monat)|januar|februar|märz|mai|juni|juli|oktober|dezember
    lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd['’]hui|demain|ce soir
    janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre
    lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|mañana|esta noche
    enero|febrero|abril|junio|julio|septiembre|octubre|noviembre|diciembre
    lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|oggi|domani|stasera
""")
_PROMISES = any_word(r"""
    guarant\w*|garant\w*|promis\w*|promess\w*|promet\w*|versprech\w*|zusicher\w*
    will|we(?:['’]ll| can| shall)|i(?:['’]ll| shall)|you['’]ll|on (?:the|his|her|our|their) way
    wir (?:werden|kommen|können)|ich (?:werde|komme)|unterwegs
    nous (?:allons|viendrons|pouvons)|\w+(?:erons|irons)|en route
    vamos a|iremos|haremos|podemos|en camino|possiamo|faremo
    free of charge|for free|is free|are free|for nothing|gratis|gratuit\w*|kostenlos\w*|umsonst
    discounts?|rabatt\w*|remise\w*|réduction\w*|descuento\w*|sconto|cheap\w*|lowest|günstig\w*|barat\w*
    refund\w*|rückerstatt\w*|rembours\w*|reembols\w*|rimbors\w*|special offers?|for sale|deals?
    vouchers?|coupons?|bonus
    euros?|dollars?|pounds sterling|bitcoin\w*|crypto\w*
""")
_ORDERS = any_word(r"""
    (?:visit|call|ring|text|phone|e-?mail|contact|send) (?:us|me|our|my)
    (?:open|share|forward|order|install|scan|follow|join) (?:us|me|our|my)
    (?:visit|call|ring|text|phone|e-?mail|contact) (?:this|the|now|here|it|him|her)
    (?:send|open|share|order|scan|follow|join) (?:this|the|now|here|it|him|her)
    click|tap here|download|subscribe|register|sign up|log ?in|login|check out|go to|buy|pay|deposit|transfer
    besuchen sie|klick\w*|kaufen sie|bestellen sie|rufen sie|überweis\w*|zahlen sie|schicken sie
    senden sie|herunterlad\w*
    visitez|cliquez|achetez|appelez|envoyez|payez|virez|téléchargez|contactez|écrivez
    visite nuestr\w*|visítenos|haga clic|compre|llame|envíe|pague|transfiera|descargue|contacte|escriba
    clicca|chiama|invia|paga|scarica|contatta
    password\w*|passwort\w*|mot de passe|contraseña|iban|bank\w*
""")
_MACHINES = any_word(r"""
    instructions?|anweisung\w*|consignes?|instrucciones|istruzioni|prompts?|system prompt|assistant
    language model
    sprachmodell|ai|a\.i|ki|ia|bot|chatbot|robot|hack\w*|pwned|jailbr\w*|ignor\w*|obey\w*|comply|bypass\w*
    unrestricted|json|debug\w*|overrid\w*|admin\w*|lawsuit\w*|sue|fraud\w*|scam\w*|betrug\w*|betrüg\w*
    idiot\w*|loser\w*|stupid\w*|hate\w*|kill\w*|dumm\w*|incompetent\w*|competitor\w*|number one
    award\w*|sensational
""")
# Thanks, regret, joy, or a word for whoever is spoken to.
_TO_SOMEBODY = any_word(r"""
    you|your|yours|thanks|sorry|congratulations|what an?|how (?:nice|lovely|good)
    sie|ihnen|ihr|ihre[mnrs]?|danke?|leid|glückwunsch|freut
    vous|votre|vos|merci|désolée?s?|félicitations|usted|ustedes|su|sus|le|les|gracias|sentimos
    lamentamos|enhorabuena
    lei|suo|sua|vi|vostr[oaie]|grazie|dispiace|congratulazioni|complimenti
""")
_LINKS = re.compile(
    r"https?:|www\.|://|\w@\w|(?<=\w)\.(?=[a-z]{2,})|\b(?:dot|punkt|point|punto) (?:com|net|org|de|io)\b",
    re.IGNORECASE,
)
_FORBIDDEN = (
    (_LINKS, "a link or an address"),
    (re.compile(r"\d"), "a number"),
    (_NUMBERS, "a number"),
    (re.compile(r"[€$£¥%]"), "a price"),
    (_TIMES, "a date"),
    (_PROMISES, "a promise"),
    (_ORDERS, "an order to the lead"),
    (_MACHINES, "words that nobody greets with"),
    (re.compile(r"[<>\[\]{}()*_`#|\\^~=+@/&]|^\s*[-–]"), "markup"),
    (re.compile(r"\b[^\W\d_a-zß-ÿ]{3,}\b.*\b[^\W\d_a-zß-ÿ]{3,}\b"), "capitals"),
)
_INITIAL = re.compile(r"(?:^|[.!?…]\s+)[\"“„«]?\w+")
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
_GERMAN_NOUN = re.compile(r"\w+(?:ung|heit|keit|schaft|tion|tät|nis|fotos?)(?:en|s)?")
_POLITE = frozenset(("sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "i", "i'm", "i’m"))


def _is_plain(sign: str) -> bool:
    """Latin letters with their accents, spaces, and the marks of sentences."""
    if sign.isalpha():
        return "LATIN" in unicodedata.name(sign, "")
    return sign in " .,;:!?…'’‘\"“”„«»–—-¿¡"


def _strange_name(opening: str, lead: Lead, language: str) -> str:
    """A word with a capital that begins no sentence, isn't the lead's, and reads like a name."""
    told = {
        word.casefold()
        for text in (lead.name, lead.message, lead.service, lead.location, lead.urgency)
        for word in _WORD.findall(text)
    }
    initials = {match.end() for match in _INITIAL.finditer(opening)}
    previous = ""
    for match in _WORD.finditer(opening):
        word = match[0]
        is_known = word.casefold() in told or word.casefold() in _POLITE
        is_noun = language == "de" and (_BEFORE_NOUN.fullmatch(previous) or _GERMAN_NOUN.fullmatch(word))
        if word[0].isupper() and match.end() not in initials and not is_known and not is_noun:
            return word
        ends = is_noun and word[0].isupper() and word.casefold() not in _POLITE
        previous = "" if ends else word.casefold()
    return ""


def _parrots(opening: str, message: str) -> bool:
    said, wrote = ([word.casefold() for word in _WORD.findall(text)] for text in (opening, message))
    runs = {tuple(wrote[at : at + PARROTED]) for at in range(len(wrote) - PARROTED + 1)}
    return any(tuple(said[at : at + PARROTED]) in runs for at in range(len(said) - PARROTED + 1))
