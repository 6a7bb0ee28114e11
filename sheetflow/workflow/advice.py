"""What an adviser thinks of an enquiry, and how much of it counts: nothing against the rules or a field."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.notice import one_line
from sheetflow.workflow.opening import refusal
from sheetflow.workflow.phrases import any_word, group_of
from sheetflow.workflow.qualified import Qualified
from sheetflow.workflow.qualify import URGENCIES, Rules

SURE = 0.7  # of 1, as the adviser says
SUMMARY_LIMIT = 160  # characters


@dataclass(frozen=True)
class Advice:
    """Names out of the business's lists, empty for none of these; `summary` is for the owner alone."""

    service: str = ""
    urgency: str = ""
    location: str = ""
    language: str = ""
    summary: str = ""
    confidence: float = 0.0
    opening: str = ""


def consider(
    found: Qualified, advice: Advice, lead: Lead, rules: Rules, own: str, language_of: Callable[[str], str]
) -> Qualified:
    """What is known of the lead with the advice taken in as far as it counts; `adviser` says how far.

    Only gaps are filled: priority and owner follow from the rules alone. `own` is the business's language.
    """
    if why := _doubt(advice, found, lead):
        return replace(found, adviser=f"advice not taken: {why}")
    taken = replace(
        found,
        service=found.service or ("" if lead.service.strip() else _one_of(advice.service, rules.services)),
        urgency=found.urgency or ("" if lead.urgency.strip() else _one_of(advice.urgency, URGENCIES)),
        location=found.location
        or ("" if lead.location.strip() else _one_of(advice.location, rules.locations)),
        summary=one_line(advice.summary)[:SUMMARY_LIMIT],
    )
    if not advice.opening.strip():
        return replace(taken, adviser="advice taken")
    opening = " ".join(advice.opening.split())
    if why := refusal(opening, lead, found.language or own, language_of):
        return replace(taken, adviser=f"advice taken, but not its opening: {why}")
    return replace(taken, opening=opening, adviser="advice taken")


def _doubt(advice: Advice, found: Qualified, lead: Lead) -> str:
    if commands(lead):
        return "the lead's words read like orders to a program"
    if advice.confidence < SURE:
        return "it isn't sure"
    for name in ("service", "urgency", "location"):
        said, known = getattr(advice, name), getattr(found, name)
        if said and known and said != known:
            return f"it says {name} {said}, and that is {known}"
    return ""


def _one_of(name: str, known: object) -> str:
    return name if isinstance(known, dict | tuple) and name in known else ""


def commands(lead: Lead) -> bool:
    """Whether somebody tries to give orders to a program, or hides what is written."""
    text = "\n".join((lead.message, lead.name, lead.service, lead.urgency, lead.location))
    hidden = any(unicodedata.category(sign) in ("Cf", "Co", "Cn") for sign in text)
    return hidden or any(order.search(text) for order in (*_ORDERS, _CODED))


# Who writes to a plumber speaks of pipes; who writes to a program speaks of instructions, prompts and roles.
_FORGET = group_of(r"""
    ignor\w*|disregard\w*|forget|overrid\w*|bypass\w*|vergiss|oublie[zr]?|olvid\w*|dimentica\w*
""")
_WHAT_WAS_SAID = group_of(r"""
    instru|instru[ck]t|anweisung|istruzion|consigne|prompt|rule|regel|r[eè]gle|regla|regol|guideline|guardrail
    previous|prior|above|vorherig|bisherig|pr[eé]c[eé]dent|anterior|everything|alles|tout ce
""")
_ROLES = any_word(r"""
    (?:system|developer|assistant|admin) ?(?:prompt|message|role|override|mode|note)
    (?:system|assistant|human|user|ai):
    (?:your|system) prompts?(?! \w)|jail-?br[eo]ak\w*|llm|gpt\S*|chatgpt|claude|gemini|llama|mistral|copilot
    openai|chatbot|language model|sprachmodell|mod[eè]le de langage|modelo de lenguaje|modello linguistico
    ki-?modell|json|schema|base64|rot13|(?:as an?|an|the|you are an?) (?:ai|a\.i\.|assistant|bot)
    artificial intelligence|künstliche intelligenz|you are (?:now|no longer|dan|free of)|from now on
    new (?:instruction|task|rule|role|objective)s?|your (?:instruction|guideline|rule)s
    act as|pretend|role-?play|simulate|unrestricted
    du bist (?:jetzt|ab jetzt|nun)|ab (?:jetzt|sofort) (?:bist|antwort\w*)|spiele? die rolle|tu so als
    tu es (?:maintenant|d[eé]sormais)|fais semblant|à partir de maintenant|ahora eres|a partir de ahora|finge
    ora sei|d['’]ora in poi|fai finta
    (?:opening|first) (?:sentence|line|words?)|(?:in|der) begrüßung|erste[rn]? satz
    premi[eè]re phrase|primera frase|(?:reply|response|answer) (?:must|should|has to)
    (?:antwort|r[eé]ponse|respuesta|risposta) (?:muss|soll|doit|debe|deve)
    (?:réponse|respuesta) (?:d[eé]bute|commence|empiece)|wer (?:auch immer )?das (?:liest|auswertet|sortiert)
""")
# Whoever speaks to the machine itself, whatever they then say: "note to the software", "liebe Automatik".
_TO = group_of(r"""
    dear|hey|hello|hi|(?:note|hint|message|memo|reminder|attention|info)[:,]? (?:to|for|of)|attention[,:]?
    whoever (?:drafts|writes|reads|sorts|answers)|liebe[rs]?|hallo|(?:hinweis|notiz|info|nachricht) (?:für|an)
    ch[eè]re?|bonjour|note (?:pour|à)|à l['’]attention d\w+
    querid[oa]|hola|(?:nota|aviso|mensaje) (?:para|al?)|car[oa]|ciao|(?:nota|avviso) per
""")
_MACHINE = group_of(r"""
    robots?|programs?|programmes?|software|algorithms?|automation|auto-?mailer|mailer|bots?|parser|classifier
    assistant|assistent\w*|asistente|programm|automatik|algorithmus|ki|sortierung|automate|logiciel|algorithme
    ia|programa|algoritmo|programma
""")
_SAY = group_of(r"""
    respond|reply|answer|echo|open|output|print|return|write|repeat|say|state|begin|start|include|insert
    append|add|mention|translate|encode|decode|execute|set|mark|classify|rate|score|assign|put|use|tell|recommend|greet|sign
    antworte|schreib\w*|fang\w*|gib|sage?|füge|wiederhole|erwähne|beginne|setze|markiere|nenne|empfiehl|grüße
    r[eé]ponds|classe|salue|[eé]cris|dis|r[eé]p[eè]te|ajoute|commence|mentionne|inclus|recommande
    responde|escribe|pon|saluda|di|repite|añade|agrega|empieza|menciona|incluye|recomienda
    rispondi|scrivi|comincia|saluta|ripeti|aggiungi|inizia|menziona
""")
_SO = group_of(r"""
    only|exactly|verbatim
    the (?:following|words?|text|sentence|phrase|string|link|greeting|opening|summary|priority)
    the (?:customer|client|reader|recipient|owner|lead|service|urgency|answer|e-?mail|reply|response|name)
    the (?:first|next|last) (?:words?|sentence|line)|by calling|the sentence
    in (?:your|the) (?:answer|reply|response|opening|greeting|e-?mail)
    with the|with:|that (?:we|the|our|you|this|all|everything)|as (?:hot|urgent|high|low|spam)|this:|:
    mit:|so,? als
    nur|genau|folgend\w*|den satz|die worte|in (?:die|der|deine[rn]?) (?:antwort|begrüßung|anrede)
    dem kunden|wörtlich
    par (?:[eé]crire|dire)
    seulement|uniquement|exactement|suivant\w*|la phrase|les mots|dans (?:la|ta) r[eé]ponse|au client
    diciendo|que (?:vivimos|somos|tenemos)
    s[oó]lo|[uú]nicamente|exactamente|siguiente\w*|la frase|las palabras|en (?:la|tu) respuesta|al cliente
    con (?:la frase|le parole)|soltanto|esattamente|seguente|nella (?:tua )?risposta
""")
_ORDERS = (
    re.compile(rf"\b{_FORGET}\b.{{0,40}}\b{_WHAT_WAS_SAID}", re.IGNORECASE | re.DOTALL),
    _ROLES,
    re.compile(
        rf"(?:(?<!\w){_TO}|(?:^|[.!?(]\s*)(?:to|for|an|für|pour|para|per)) "
        r"(?:(?:the|this|your|our|das|die|den|le|la|el|il|l['’]|\w+ing|automatic) ?){0,3}"
        rf"{_MACHINE}(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_SAY}\b.{{0,40}}?(?<!\w){_SO}(?!\w)", re.IGNORECASE | re.DOTALL),
    re.compile(
        r"[{}\\]|<\s*/?\s*\w+[^>]{0,80}>|\[/?\w+\]|```|\{\{|###|<\||\|>|\*{3}"
        r"|-----|={5,}|-{3,} ?(?:end|ende|fin)\b|https?:|www\."
    ),
)
# Long runs without spaces, letters apart, percent or backslash codes: nobody writes to a business so.
_CODED = re.compile(
    r"[A-Za-z0-9+/=]{40,}|(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|%[0-9a-f]{2}|&\#?\w{2,6};){3,}"
    r"|(?:\b\w[ ._-]+){8,}|(?:\b[01]{8}\b\s*){3,}|(?:\b[0-9a-f]{2}\b\s+){8,}|(?:[.-]{1,5}[ /]){8,}",
    re.IGNORECASE,
)
