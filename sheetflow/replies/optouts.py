"""Recognises a wish to get no more mail. Anything longer is a reply, and stops the sequence too."""

import re

from sheetflow.replies.incoming import Incoming
from sheetflow.replies.mime import Mail
from sheetflow.replies.verdict import Kind, Verdict
from sheetflow.workflow.phrases import any_of, group_of

_WORDS = 5
_CHARACTERS = 200
_UNSPACED = 15  # characters, in scripts that don't put spaces between words
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")

_UNSUBSCRIBE = group_of(r"""
    unsub(?:scribe[sd]?|scribing|scription)?|opt(?:ing)?[ -]?(?:me )?out
    (?:don.?t|do not|stop) (?:contact|e-?mail|mail|writ|messag)\w*(?: me)?|no more (?:e-?)?mails?
    remove me|take me off|remove from (?:the |your )?(?:mailing )?list
    abmelden|abmeldung|abbestell\w*|austragen
    d[ée]sabonne\w*|d[ée]sinscri\w*
    dar(?:me)? de baja|cancelar (?:la |mi )?suscripci[óo]n|desuscri\w*
    cancelar (?:a |minha )?(?:assinatura|inscrição|subscrição)|descadastr\w*
    disiscriv\w*|cancellami|annulla(?:re)? (?:l')?iscrizione
    uitschrijv\w*|schrijf me uit|afmelden
    avregistrera\w*|avprenumerera|avsluta prenumeration\w*|avmeld\w*|meld meg av|afmeld\w*
    peru(?:uta)? tilaus|poista minut (?:listalta)?
    wypisz\w*|rezygnuj\w*|odhl[áa]s(?:it|te)\w*|leiratkoz\w*|dezabon\w*
    отписа\w*|отпиши\w*|відпис\w*|aboneli\w* iptal
    إلغاء الاشتراك|הסירו? אותי|διαγραφή
""")
_STOP = group_of(r"""
    stop+|stoppen|stoppez|stopper|arr[êe]tez|smettetela?|smettila|sluta|slutt
    стоп|прекратите|přestaňte|توقف|הפסק
""")
_UNSPACED_WISH = group_of(r"""
    停止|中止|やめて|登録解除|購読解除|退订|退訂|取消订阅|取消訂閱|수신 ?거부|구독 ?(?:취소|해지)|중지|그만
""")
# Words that mean "stop" only when nothing else stands beside them.
_ALONE = re.compile(
    r"\W*(?:baja|para|pare|basta|remover|remove|quit|end|cancel|arrête|cancellazione)\W*", re.IGNORECASE
)
_WISH = re.compile(rf"(?<!\w)(?:{_UNSUBSCRIBE}|{_STOP})(?!\w)|{_UNSPACED_WISH}", re.IGNORECASE)
_BARE = re.compile(r"[\s.!]*(?:please )?unsubscribe(?: me)?[\s.!]*", re.IGNORECASE)
# What mail programs write below such a subject.
_BUTTON = re.compile(
    r"automatically|sent this (?:e-?mail|message) to unsubscribe|list-unsubscribe", re.IGNORECASE
)
_LIST_WISH = re.compile(rf"\W*(?:please )?{_UNSUBSCRIBE}(?!\w)", re.IGNORECASE)
_POLITE = re.compile(
    r"(?<!\w)(?:please|pls|thanks?(?: you)?|por favor|gracias|bitte|danke|s'?il vous pla[îi]t|svp|merci"
    r"|per favore|grazie|a\.?u\.?b\.?|alstublieft|graag|obrigad[oa]|tack|tak|takk|proszę|пожалуйста)(?!\w)",
    re.IGNORECASE,
)
# "Can you stop by?", "please don't stop": the word without the wish.
_OTHERWISE = any_of(r"""
    \bstop (?:by|in|over|at|here|there|off|and|sign|watch)\b
    \b(?:don.?t|never|won.?t|not|nicht|pas) (?:\w+ )?(?:stop|unsub|opt|abmeld|désabonn|désinscri)
    non-?stop|one-stop|\b(?:bus|pit|full|next|last|first|tram|short|quick) stop\b
""")


def opt_out_by_subject(mail: Mail, incoming: Incoming) -> Verdict | None:
    """What a mail program sends when its Unsubscribe button is pressed (`mailto:` of List-Unsubscribe)."""
    if _short(incoming.subject) and not incoming.references and _LIST_WISH.match(incoming.subject):
        words = incoming.own_text
        meant = not words or _BUTTON.search(words) or _LIST_WISH.match(words)
        if meant or _BARE.fullmatch(incoming.subject):
            return Verdict(Kind.UNSUBSCRIBE, incoming)
    return None


def opt_out(mail: Mail, incoming: Incoming) -> Verdict | None:
    words = _unsigned(incoming)
    if not _short(words):
        return None
    alone = _ALONE.fullmatch(_POLITE.sub("", words))
    if alone or (_WISH.search(words) and not _OTHERWISE.search(words)):
        return Verdict(Kind.UNSUBSCRIBE, incoming)
    return None


def _unsigned(incoming: Incoming) -> str:
    """Without a signature that nothing but the sender's name announces."""
    said, _, below = incoming.own_text.partition("\n\n")
    signed = below.split("\n", 1)[0].split()
    names = {name.lower() for name in re.findall(r"\w+", incoming.sender_name)}
    is_signature = signed and "?" not in below and all(word.strip(".,").lower() in names for word in signed)
    return said if is_signature else incoming.own_text


def _short(words: str) -> bool:
    if _EAST_ASIAN.search(words):
        return len(words) <= _UNSPACED
    return len(words.split()) <= _WORDS and len(words) <= _CHARACTERS
