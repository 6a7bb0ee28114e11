"""What people write to people, and machines don't. It decides where a mail has the marks of both."""

import re

from sheetflow.workflow.phrases import any_of, group_of

# Servers say "I" in these phrases only.
_SERVERS = re.compile(
    r"\bI(?:[’']m| am) (?:afraid|sorry|sending|not going|the)\b|\bI(?:[’']ve| have) given up\b"
    r"|\bI (?:was(?: not|n[’']t)|could(?: not|n[’']t)|tried) (?:(?:able )?to )?(?:deliver|find|establish)\b"
)
# A capital "I": a small one is an Italian article. No Dutch "je", no Portuguese "eu": other words elsewhere.
_SELF = group_of(r"""
    (?-i:I)(?:[’'](?:m|ve|ll|d))?|me|my
    ich|mir|mich|meine?[mnrs]?
    j[’']ai|je (?:suis|vous|ne|peux|veux|souhait\w+|voudr\w+)|moi
    yo|tengo|quiero|puedo|vorrei|posso|meu|minha
    ik|mij|mijn|jag|jeg|mig|meg|mitt
    mnie|mně|я|мне|меня|мой|моя|моё
""")
_HELLO = group_of(r"""
    hi|hello|hey|hallo|moin|bonjour|salut|hola|ciao|olá|oi|hej|hei
    dear|liebe[rs]?|cher|chère|caro|cara|beste|kære|kära|sehr geehrte[rs]?|estimad[oa]|gentile
    guten tag|good (?:morning|afternoon)|buongiorno|buenos días|bom dia|goedemorgen|dzień dobry
    hei|moi|grüezi|merhaba|dobrý den,?|здравствуйте,?|добрый день,?|привет
""")
_NOBODY = group_of(r"""
    (?:there|all|everyone|sir|madam|e-?mail|mail|postmaster|zusammen|allerseits|damen|tous|todos|tutti|allemaal)\b
    sender|user|customer|colleague|(?:be)?nutzer|usuari|utilisateur|utente|gebruiker|absender|afzender|afsender|avsändare|kund|client|cliente|kollege|collègue
    colleg|relatie|klant|partner|interessent
""")
_SELF_SAID = any_of(rf"(?<![\w.@/#-]){_SELF}(?![\w@/-]|\.\w)")
_GREETING = any_of(rf"""
    ^\W{{0,10}}{_HELLO}[ ]+(?!{_NOBODY})[^\W\d_]{{1,40}}(?:[ ][^\W\d_]{{1,40}})?(?:[,!]|\W{{0,10}}$)
    ^(?!お客)\S{{1,12}}(?:様|さん)\s*$
""")

# In an answer, and not in a note of absence or a receipt.
ANSWERS = any_of(r"""
    (?:^|[.,:;!–-][ ]|\bbut[ ])(?:yes|yeah|yep|sure|great|perfect|ok(?:ay)?|sounds|absolutely)\b
    \b(?:am|are|very|still|not|be) interested\b
    \bas (?:discussed|agreed|promised)\b|\bwie (?:besprochen|vereinbart)|\bcomme convenu|\bjust so you know\b
    \bplease (?:don[’']t|do not) (?:come|call|ring)\b|\bplease\b[^.?!\n]{0,40}\b(?:after that|afterwards)\b
    \b(?:danach (?:gerne?|bitte|können wir|passt|wäre)|erst danach)\b|\bappelez-(?:moi|nous) (?:après|ensuite)
    \bll[áa]m\w+ (?:después|luego)|\bpoi (?:mi|ci) \w+|\bbel (?:me|mij|ons) daarna|\bdzwonić później
    (?<!longer )\b(?:works|suits|is fine|would be (?:fine|good|great|perfect))\b
    \w+ \w+ \w+[^.?!\n]{0,200}\?(?:\s|$)|[？]
    (?<!\byou )(?<!\byou)(?:would|[’']d) like (?!to (?:thank|inform|acknowledge|let|confirm|assure))
    \b(?:then|so|and) (?:we|I|you) can\b(?! receive)
    \b(?:our|the|my) (?:appointment|meeting)\b|\breschedul\w+|\bpostpon\w+
    \b(?:unser\w*|de[nrs]|mein\w*) termin(?:e?s)?\b|\bverschieb\w+|\b(?:notre|le|du) rendez-vous
    \b(?:reporter|décaler)\b
    \b(?:nuestra|la|mi) cita\b|\baplaz\w+|\bappuntamento\b|\bspost(?:are|iamo)\b|\b(?:de|onze) afspraak\b
    \bverzetten\b
    \bmötet\b|\bwizyt[ęy]\b|\bprzełoż\w+|\bschůzku\b|\bвстречу\b|\bперенес\w+|予約|预约
    \bplease (?:deliver|bring|book|plan|order)\b|\bbitte (?:liefern|bringen|buchen|planen)\b
    \bgo ahead\b|\blet[’']?s\b|\bsend (?:me|us)\b|\bcall me (?:before|tomorrow|today|back|after)\b
    \byour (?:offer|quote|quotation|proposal|price|estimate)\b
    ^\W{0,10}ja,|\bpasst\b|\bangebot|sehr interessiert|interessiert (?:mich|uns)|\brufen sie mich
    ^\W{0,10}oui\b|\b(?:m|nous )[’']?intéresse\b|\b(?:votre|le) (?:offre|devis)\b
    ^\W{0,10}s[íiì],|\b(?:me|nos|mi|ci) inter[e]+ss?a\b|\bpresupuesto\b|\bpreventivo\b
    \bgeïnteresseerd\b|\bofferte\b|^\W{0,10}sim\b|\binteressad[oa]s?\b|\borçamento\b
    \bintresserad|\binteresseret\b|\binteressert\b|\bzainteresowan|интересует|^\W{0,10}да,
""")

_MAIL = any_of(r"""
    \b(?:messages?|e-?mails?|mails?|mm)\b|nachricht|courriel|correo|mensaje|messaggi|mensage|bericht
    meddelande
    besked|melding|viesti|wiadomo|zpráv|správ|письм|сообщ|メール|メッセージ|邮件|郵件|메일
""")
# What is delivered by hand.
_GOODS = any_of(r"""
    \bparcel|\bpackages?\b|\bpaket|\bpäckchen|\bsendung|\bcolis|\bpaquete|\bpacco|\bpakk|\bpacot|\bencomenda
    \bpaczk|\bbalík|посылк|荷物|包裹|소포|\bletter\b|\bdriver\b|\bpostman|\bcourier|\bfahrer|\bchauffeur
""")


def is_about_mail(words: str) -> bool:
    return bool(_MAIL.search(words)) and not _GOODS.search(words)


def is_personal(words: str) -> bool:
    """Somebody speaks of himself, or greets by name."""
    return speaks_of_himself(words) or greets_by_name(words)


def speaks_of_himself(words: str) -> bool:
    return bool(_SELF_SAID.search(_SERVERS.sub("", words)))


def greets_by_name(words: str) -> bool:
    return bool(_GREETING.search(words))
