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
    if _parrots(opening, lead.message):
        return "it repeats the lead's words"
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
    kostet|(?:sie|ihnen) kosten|geht auf uns|auf unsere kosten|preise?|frei|für lau|berechn\w*
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
    will|i(?:['’]ll| shall)|you['’]ll|on (?:the|his|her|our|their) way|at your door|is yours|safe
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
# Of themselves the business's people may say what they feel and understand, and nothing else.
_FEELING = group_of(r"""
    understand|know|feel|see (?:how|that|why)|hear|hope|appreciate|imagine
    can (?:only )?(?:imagine|see|understand)
    (?:are|re) (?:\w+ )?(?:sorry|glad|happy|pleased|delighted|honoured|grateful)
    verstehen|wissen|bedauern|freuen|danken|hoffen|hören|lesen|sehen|sind|haben|uns
    comprenons|savons|regrettons|imaginons|remercions|apprécions|espérons|sommes|avons
    sentimos|lamentamos|entendemos|comprendemos|sabemos|esperamos|imaginamos|agradecemos|alegramos|estamos
    capiamo|comprendiamo|sappiamo|speriamo|ringraziamo|immaginiamo|siamo|dispiace
""")
_OF_US = re.compile(
    rf"\b(?:(?:we|wir)[ '’](?!{_FEELING}\b)\w|(?!{_FEELING}\b)\w+(?:en|ern|eln) wir\b"
    rf"|(?!{_FEELING}\b)\w{{2,}}(?:[aei]mos|iamo)\b|nous (?!{_FEELING}\b)\w+ons\b)",
    re.IGNORECASE,
)
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
    (?:tell|give|let) us|reply (?:with|to)|pick up|get in touch with|date of birth|geburtsdatum|card details
    facebook|whatsapp|telegram|tiktok|paypal
    password\w*|passwort\w*|mot de passe|contraseña|iban|bank\w*
""")
_MACHINES = any_word(r"""
    instructions?|anweisung\w*|consignes?|instrucciones|istruzioni|prompts?|system prompt|assistant
    language model
    sprachmodell|ai|a\.i|ki|ia|bot|chatbot|robot|hack\w*|pwned|jailbr\w*|ignor\w*|obey\w*|comply|bypass\w*
    unrestricted|json|debug\w*|overrid\w*|admin\w*|lawsuit\w*|sue|fraud\w*|scam\w*|betrug\w*|betrüg\w*
    idiot\w*|loser\w*|stupid\w*|hate\w*|kill\w*|dumm\w*|incompetent\w*|competitor\w*|number one
    award\w*|sensational|morons?|fools?|foolish|ugly|shut up|better (?:for|than|off)
    trottel|depp\w*|blöd\w*|besser (?:für|als)|imbécil\w*|idiota?s?|meilleure? (?:pour|que)
    mejor (?:para|que)|meglio (?:per|di)
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
    r"https?:|www\.|://|\w@\w|(?<=\w)\.(?=[a-z]{2,})|\bdot \w+"
    r"|\b(?:punkt|point|punto) (?:com|net|org|de|io)\b",
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
    (_OF_US, "a promise"),
    (_ORDERS, "an order to the lead"),
    (_MACHINES, "words that nobody greets with"),
    (re.compile(r"[<>\[\]{}()*_`#|\\^~=+@/&]|^\s*[-–]"), "markup"),
    (re.compile(r"\b[^\W\d_a-zß-ÿ]{3,}\b.*\b[^\W\d_a-zß-ÿ]{3,}\b"), "capitals"),
)
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
