"""Whether an opening keeps to courtesy: each sentence thanks, regrets, rejoices or feels for somebody.

These are frames to fill, not a list of what is bad: whatever a stranger makes a program say, a claim of its
own fits into none.
"""

import re

from sheetflow.workflow.phrases import any_word, group_of


def strays(opening: str, name: str) -> str:
    """The first part that isn't courtesy, empty if all is; the lead may be called by its `name`."""
    if name:
        opening = re.sub(rf", {re.escape(name)}(?:,|(?=[.!]))", "", opening)
    for sentence in _SENTENCE.split(opening):
        if not _FRAME.search(sentence):
            return sentence
        begun = False
        for clause in _CLAUSE.split(sentence):
            is_framed = bool(_FRAME.search(clause))
            if clause and (not _fits(clause) or (begun and not is_framed and _THING.match(clause))):
                return str(clause)
            begun = begun or is_framed
    return ""


def _fits(clause: str) -> bool:
    if _CLAIM.search(clause):
        return False
    # What joins two statements joins two clauses, unless both hang on one "that".
    said, *joined = _AND.split(clause)
    if any(_states(part) and not _FRAME.search(part) for part in joined) and not _HANGS.search(said):
        return False
    if _FRAME.search(clause):
        return True
    return bool(_HANGING.match(clause) or (_NAMING.match(clause) and not _states(clause)))


def _states(part: str) -> bool:
    return bool(STATES.search(_HANGS.split(part)[0]))


_SENTENCE = re.compile(r"(?<=[.!…])\s+")
_CLAUSE = re.compile(r"\s*(?:,(?! dass)|[;:–—])\s+|\s+[-–—]\s+|[.!…]+$")
_AND = re.compile(r"(?:^|\s)(?:and|but|und|aber|et|mais|y|pero|e|ma)\s", re.IGNORECASE)
_HARD = group_of(r"""
    worr(?:y|ies|ied|ying)|nuisance|unpleasant|frustrat\w+|annoying|stress\w*|tiresome|tiring|exhaust\w+
    upset\w*|hard(?! that)|difficult|tough|tricky|painful|uncomfortable|miserable|alarming|unsettl\w+|delicate
    shock|strain|struggle|fright(?:ening)?|scar(?:y|ed)|sad(?! that)|pity|awful|terrible
    concern(?:ing)?(?! that)
    inconvenient|understandabl[ey]|natural (?:to|that you)|no fun|joy|(?:not|never) (?:\w+ )?easy
    makes? it worse
    demanding|the last thing any\w+ needs?|never too late
    weighs? on
    ärgerlich\w*|ärgernis|lästig\w*|unangenehm\w*|belastend\w*|schwer\w*|schwierig\w*|schlimm\w*|schock
    schade|beunruhigend\w*|furchtbar\w*|schmerzhaft\w*|(?:nicht|nie) (?:\w+ )?(?:leicht|einfach)
    anstrengend\w*|sorgen?|verständlich\w*|ärger|angst
    quälend\w*|kraft|nerven|nie zu spät
    soucis?|inqui[eé]t\w*|pénible\w*|désagréable\w*|difficiles?|éprouvante?|épreuve|fâcheux|épuisante?|peur
    dommage|stressante?|pas (?:\w+ )?facile
    preocup\w+|molest\w+|incómod\w+|desagradable|dur[oa]|difícil|frustrante|inquietante|terrible|miedo
    normal que
    fastidios\w+|spiacevol\w+|difficil\w+|preoccup\w+|terribil\w+|paura
""")
_FINE = group_of(r"""
    lovely|wonderful|beautiful|exciting|delightful|charming|thoughtful|touching|magical|cosy|nice|great|kind
    big
    worthwhile|important|fun|precious|good|fair
    (?:wunder)?schöne?[nrs]?|wunderbare?[nrs]?|spannende?[nrs]?|liebevolle?[nrs]?|tolle?[nrs]?|große?[nrs]?
    belle?s?|beaux?|magnifiques?|jolie?s?|merveilleu\w+|grande?
    precios[oa]s?|bonit[oa]s?|estupend[oa]|maravillos[oa]|buen[oa]?|gran|importante
    bell[oaie]|splendid[oa]|meraviglios[oa]
""")
_PLAN = group_of(r"""
    ideas?|projects?|plans?|goals?|aims?|presents?|thoughts?|steps?|moments?|decisions?|changes?|questions?
    wish
    mix|keepsake|things?|ways?|times?|challenges?|places?
    idee|ort|vorhaben|geschenk|projekt|schritt|wunsch|ziel|entscheidung
    idée|projet|étape|cadeau|défi|envie|proyecto|paso|regalo|propósito|etapa|progetto|passo|proposito
""")
_ASKING = group_of(r"""
    message|enquiry|inquiry|question|interest|trust|request|e-?mail|note|openness|description|details
    explanation
    nachricht|anfrage|frage|interesse|vertrauen|offenheit|mail|schilderung|beschreibung|hinweis
    demande|intérêt|confiance|précisions?|mensaje|consulta|pregunta|interés|confianza|solicitud
    messaggio|richiesta|domanda|fiducia
""")
_THANKS = r"thank(?:s| you)(?: \w+ much)? for"
_WE_KNOW = r"(?:we|i) (?:can )?(?:well )?(?:understand|imagine|know|appreciate)"
_END = r"(?=[,.!]|$)"
_FRAME = any_word(rf"""
    {_THANKS} (?:writing|asking|telling|letting|getting in touch|reaching out|contacting)
    {_THANKS} (?:turning to|thinking of|considering|sharing|explaining|describing|mentioning|coming to us)
    {_THANKS} (?:being so open|opening up|trusting us)
    (?:{_THANKS}|appreciate|grateful for) (?:your|the|all the)(?: \w+)? {_ASKING}
    (?:appreciate|grateful) that you
    sorry (?:to (?:hear|read|learn)|for (?:your|the) loss|about your|(?:that )?(?:you|your)\b)
    (?:glad|pleased|happy|delighted) (?:(?:that )?(?:you|your)\b|for you|to (?:hear|read|learn))
    congratulations|welcome to town|(?:is|are) exciting|takes? courage|sounds as if
    {_WE_KNOW}(?:{_END}| (?:(?:how|why)(?: \w+)? |that )?(?:you|your|it|this|that)\b)
    what an? (?:\w+ )?(?:{_FINE} {_PLAN}|{_HARD})
    how {_FINE} (?:that your|that you(?! have| are (?:a|the) | will)|it)
    (?:it['’]s|it is)(?: \w+)? {_FINE} (?:that you|to (?:hear|read))
    (?:(?:it|that)['’]s|is|are|was|must|can|feels?|feeling|makes?|sounds?|find)\b.*?\b{_HARD}
    (?:sounds?|must be|would be)(?: like)?(?: \w+){{0,3}} {_FINE}|\w+n['’]t (?:\w+ )?easy
    (?:is|are|makes?|sounds? like)(?: \w+){{0,2}} {_FINE}(?: \w+)? {_PLAN}
    danke?(?: (?:\w+ )?für (?:ihr\w*|die|den|das)(?: \w+)? {_ASKING}|,? dass sie)
    tut (?:uns|mir)(?: \w+)* leid|bedauern(?: wir)?,? dass sie|glückwunsch
    (?:freut|freuen)\b.*?(?:,? dass sie|über ihr\w*)|(?:schön|gut|mutig),? dass sie
    (?:wir|ich) (?:verstehen?|wissen|können verstehen)(?:{_END}| gut| ihr\w*|,? (?:dass sie|wie))
    (?:ist|sind|war|kann|können|muss|macht|machen|fällt|fallen|haben|kostet|klingt|klingen)\b.*?\b{_HARD}
    macht\b.*?\b(?:freude|spaß)
    (?:klingt|klingen)\b.*?\b{_FINE}|(?:ist|sind)\b.*?\b{_FINE} {_PLAN}
    merci (?:beaucoup )?(?:pour|de|d['’])(?: ?(?:votre|vos|ces|cette))(?: \w+)? {_ASKING}
    merci (?:beaucoup )?(?:de|d['’])(?: ?nous)? ?(?:(?:en )?parler|avoir|penser|confier|contacter|écri\w+)
    désolée?s?(?:{_END}| (?:d['’](?:apprendre|entendre)|de (?:lire|savoir)|pour votre|que v(?:ous|otre|os)))
    félicitations|regrettons que v(?:ous|otre|os)
    (?:comprenons|imaginons)(?:{_END}| (?:votre|vos|bien|que (?:vous|cette|cela)|combien|à quel point))
    (?:(?:\w['’])?est|sont|doit|peut|peuvent|fait|font|a|ont)\b.*?\b{_HARD}|quelle? {_FINE}
    une?(?: \w+)? {_FINE} {_PLAN}|c['’]est (?:(?:bien|courageux) (?:de|d['’]\w+)|{_FINE})
    gracias por (?:su|sus|la|los)(?: \w+)? {_ASKING}
    gracias por (?:escrib\w+|cont[aá]r\w*|hablar\w+|explic\w+|pensar|confiar|avis\w+|decir\w+|contact\w+)
    (?:sentimos|lamentamos)(?:{_END}| (?:tanto|mucho|lo (?:ocurrido|de su)|saber|su))
    (?:sentimos|lamentamos) que (?:su|usted|haya|tenga|esté|se)
    (?:nos alegra|alegramos)(?: \w+)* que|agradecemos su|enhorabuena|felicidades|no (?:\w+ )*fácil
    (?:entendemos|comprendemos)(?:{_END}| (?:su|que|bien|lo))
    (?:es|son|está|debe|puede|tiene|resulta|cuesta|que)\b.*?\b{_HARD}|(?:suena|qué)\b.*?\b{_FINE}
    (?:es|son)(?: \w+)? (?:una? )?(?:{_FINE} {_PLAN}|{_PLAN} (?:muy )?{_FINE}|muy valiente|valiente)
    grazie (?:mille )?per (?:il suo|la sua|aver\w*) ?\w*|dispiace (?:che|sapere|per (?:il suo|la sua))
    congratulazioni|complimenti|(?:capiamo|comprendiamo)(?:{_END}| (?:la|il|che|bene))
    (?:è|sono|deve|può)\b.*?\b{_HARD}|(?:è|che)(?: una?)? {_FINE} {_PLAN}
""")
STATES = any_word(r"""
    is|are|was|were|has|have|had|would|can|could|should|must|does|do|did|(?:it|that|he|she|there)['’]s
    \w+['’]re
    ist|sind|war|waren|hat|haben|hatte|wird|werden|kann|können|muss|müssen|soll|sollen|bist
    (?:\w['’])?est|sont|était|étaient|(?:il|elle|on|qui) a|ont|avait|sera|seront|peut|peuvent|doit|doivent
    es|son|era|eran|está|están|fue|ha|han|tiene|tienen|será|puede|pueden|debe|deben
    è|sono|hanno|sarà|può|possono|deve|devono
""")
# A clause that hangs on another one may say what the lead said.
_HANGER = group_of(r"""
    that (?:you|your)|which|who|whose|when|while|after|before|how|why|what|even|though|although
    especially|particularly|most of all|above all|let alone
    dass|wenn|während|obwohl|wie|was|ob|nachdem|besonders|gerade|vor allem|sogar|zumal
    que v(?:ous|otre|os)|qui|quand|lorsque|même|surtout|dont
    quien|cuando|aunque|incluso|sobre todo|como|cómo|después
    chi|quando|anche|soprattutto|come|dopo
""")
_HANGS = re.compile(rf"(?<!\w)(?:{_HANGER}|that|dass|qu['’]\w+|que|che)(?!\w)", re.IGNORECASE)
_HANGING = re.compile(
    rf"(?:(?:and|und|et|y|e) )?(?:{_HANGER}(?!\w)|(?:der|die|das|dem|den) .*(?:t|en|ss|nd|ann)$)",
    re.IGNORECASE,
)
# One that names a thing says nothing of it; after the courtesy, a thing would begin another statement.
_ARTICLE = group_of(r"""
    an?|the|your|all|both|ein\w*|d(?:er|ie|as|em|en)|ihre?\w*|une?|le|la|les|votre|vos|una?|el|los|las|su|sus
    il|lo|i|gli|suo|sua
""")
_THING = re.compile(rf"{_ARTICLE}(?!\w)", re.IGNORECASE)
_NAMING = re.compile(
    rf"(?:(?:and|or|und|oder|et|ou|y|o|e) )?(?:{_ARTICLE}|"
    + group_of(r"""
        with|without|from|in|on|at|for|to|about|of|by|over|including|right|so
        mit|ohne|bei|vor|nach|auf|an|für|über|wegen|von|aus|um|zu[mr]?|im|am|beim
        avec|sans|après|avant|dans|sur|à|au|pour|de|du|des|d['’]\w+|en
        con|sin|antes|para|por|sobre|del
        senza|prima|per|di|da|nel\w*
    """)
    + r")(?!\w)",
    re.IGNORECASE,
)
# It asks nothing, and of the business itself and of the lead as a person it says nothing.
_INTEREST = "".join(
    f"(?<!{word} )" for word in ["of", "in", "see", "about", "an", "für", "por", "en", "pour"]
)
_CLAIM = re.compile(
    rf"[?¿]|(?<!\w){_INTEREST}(?:our|unser\w*|notre|nuestr\w+|nostr\w+|nos (?!félicit)\w+s)(?!\w)"
    r"|^(?:(?:and|but|und|et|y|e) )?(?:you(?:['’]re| are| were| have| look| can| may| owe)"
    r"|sie (?:sind|haben|können)|du bist|vous (?:êtes|avez|pouvez)|tu es"
    r"|usted(?:es)? (?:es|son|tiene|puede)|eres|lei è|sei)(?!\w)",
    re.IGNORECASE,
)
