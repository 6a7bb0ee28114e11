"""What of a lead's words can stand in a sentence to that lead; empty is what can't."""

import re
from html import unescape

from nameparser import HumanName

from sheetflow.mail.address import one_line

# What forms, their plug-ins and people in a hurry put if nothing was said, in any case.
FILLER = frozenset(
    """
    n/a|n.a|na|none|null|nil|nan|undefined|unknown|unspecified|not specified|not provided|not set|not sure
    not applicable|no idea|don't know|i don't know|idk|tbd|tba|any|anything|other|others|misc|various|nothing
    empty|blank|default|true|false|yes|no|on|off|x|xx|xxx|test|asdf|[object object]
    k.a|k. a|keine angabe|keine|kein|egal|sonstiges|andere|anderes|unbekannt
    autre|autres|aucun|aucune|inconnu|otro|otros|ninguno|ninguna|altro|nessuno|outro|outros|nenhum
    overig|anders|geen|inne|brak|annat|inget|andet|ingen
    """.replace("\n    ", "|").split("|")
)
# "Please select", "-- Bitte wählen --", "Choose an option": the first line of a list nobody chose from.
UNCHOSEN = re.compile(
    r"(?:please )?(?:select|choose|pick)(?: (?:one|an?|your|the|from|option|service|below|item|here)\b.*)?"
    r"|(?:bitte )?(?:aus)?wählen(?: sie\b.*)?|bitte (?:aus)?wählen.*|veuillez .*|(?:choisir|sélectionner)\b.*"
    r"|(?:seleccion[ae]|elig?[ei]|escog[ea]|selezion[ae]|scegli|selecion[ae]|escolh[ae])\b.*|maak een keuze.*"
    r"|kies\b.*|wybierz\b.*|välj\b.*|vælg\b.*|velg\b.*|(?:option|choice|item|value)[ -]?\d+",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S@\S|https?:|www\.|\b[\w-]+\.(?:com|net|org|info|biz)\b", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
# One word that a program reads: with an underscore, or letters and digits mixed other than "Office365".
CODE = re.compile(r"\S*_\S*|[0-9a-f]{8}[0-9a-f-]*|(?=\S*\d)(?=\S*[^\W\d])(?![^\W\d]{3,}\d{1,4}$)\S{5,}", re.I)

# No name has one of these words; a company, a role or a sentence has.
NOT_IN_NAMES = frozenset(
    """
    the|for|with|please|select|your|our|need|looking|want|hello|hi|hey|dear|test|testing|and|und|et|y|e|og|och|en
    unknown|none|null|nil|undefined|anonymous|customer|client|guest|user|admin|administrator|lead|person
    info|sales|support|office|team|company|contact|service|services|studio|shop|store|salon|clinic|hotel
    restaurant|agency|group|family|gmbh|ltd|limited|llc|inc|corp|sarl|srl|bv|owner|manager|reception|mailer
    facebook|instagram|google|whatsapp|website|name|firstname|lastname|noreply|question|help|quote|enquiry|inquiry
    """.replace("\n    ", "|").split("|")
)
LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def said(value: str) -> str:
    """A name, a service or a place as a person would write it, without markup; empty for filler and codes."""
    text = one_line(TAG.sub(" ", unescape(value)), 200)
    bare = text.strip(" -–—_.*:;,?!…>")
    if not re.search(r"[^\W\d_]", bare) or bare.casefold() in FILLER or UNCHOSEN.fullmatch(bare):
        return ""
    if ADDRESS.search(bare) or (" " not in bare and CODE.fullmatch(bare)):
        return ""
    return text


def first_name(name: str) -> str:
    """How to greet somebody of this name; empty unless there surely is a first one in it."""
    whole = said(name)
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", whole)}
    if not whole or words & NOT_IN_NAMES or re.search(r"[\d/&+|@]", whole):
        return ""
    parsed = HumanName(whole)
    first = str(parsed.first)
    if not LETTERS.fullmatch(first) or first.casefold() in parsed.C.prefixes:
        return ""
    shouted = first.isupper()
    if len(first) < 2 or (shouted and len(first) == 2 and not set(first) & set("AEIOUY")):
        return ""
    return (
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), first)
        if shouted or first.islower()
        else first
    )
