"""Whether a lead wishes to be told something: no program then writes to it, for it might say just that."""

import re

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.phrases import any_word, group_of

LONGEST = 4000  # characters of a field; an adviser is shown no more


def wishes(lead: Lead) -> bool:
    """Whether a sentence is about what is to be said; most are about what is, or is to be done."""
    told = (lead.message, lead.name, lead.service, lead.location, lead.urgency)
    texts = [text[:LONGEST] for text in told]
    sentences = (sentence for text in texts for sentence in _SENTENCE.split(text))
    said = any(wish.search(sentence) for sentence in sentences for wish in (_ORDER, _OF_AN_ANSWER, _WISH))
    return said or any(_POLITE_ORDER.search(text) for text in texts)


_SENTENCE = re.compile(r"[.!?…\n]+")
# A lead asks to be called, answered, sent or told what something costs; whoever dictates says what to say.
_SAY = group_of(r"""
    say|mention|express|praise|compliment|insults?|swear|sing|rhyme|laugh|joke|flirt|hint|acknowledge|act
    state|include|confess|bow
    admit
    (?:thank|welcome|comfort|wish|congratulate|ask|reassure|assure) (?:me|us|the)
    ask (?:how many|readers|them|for my)
    thank(?:ing|ed)?|congratulat\w*|agree\w*|(?:speak|talk|write|answer|reply) (?:like|as an?)|sympathi[sz]e
    apologi[sz]e (?:to|for your)|be (?:sorry|glad|happy|pleased|delighted|concerned|rude)|address me
    support me in
    understand that|announce|declare|recount|(?:hope|imagine) with|be funny|confirm (?:it|that it)|point them
    let (?:everyone|it be)
    remember to
    call me (?!(?:back|at|on|after|before|when|if|any\w*|to|for|in|as|please|asap|under|between|from|about)\b)
    tell (?:them|every(?:one|body)|people|me (?:that|i['’]m|i)\b|(?:us|the)(?! wh| how| if| about| your))
    write (?:that|an? (?:poem|song|joke|rhyme)|['"“‘])|put an?|make (?:fun|the mail)
    confirm that you (?:know|are)
    (?:danken|bedauern|freuen|reimen|dichten|loben|erwähnen|beleidigen|begrüßen|entschuldigen|gratulieren) sie
    (?:schreiben|sagen) sie(?: mir)?(?: bitte)?,? dass|schreib (?:ein gedicht|dass)|geben sie zu|beileid
    vergessen sie nicht|bestätigen sie
    remerciez|réjouissez|regrettez|félicitez|insultez|chantez|soyez (?:désolé|heureux|ravi)|excusez-vous
    (?:dites|écrivez) (?:que|merci)|mentionnez|avouez|n['’]oubliez|ajoutez
    agradé[zs]c\w+|alégrese|lamente|felic[ií]t\w+|insulte|cante|(?:diga|escriba) que|mencione
    deme la bienvenida
    reconozca|no olvide|mi ringrazi|(?:dica|scriva) che|si scusi
""")
_ORDER = re.compile(
    r"(?:^|[,;:(]) *(?:(?:please|kindly|just|and|then|now|also|so|do|could you|would you|bitte|por favor) )*"
    rf"{_SAY}(?!\w)",
    re.IGNORECASE,
)
# German and French show an order by its form; "Rufen Sie mich an" and "appelez-moi" want something done.
_POLITE_ORDER = re.compile(
    r"(?:^|[,;:.!?\n]) *(?:bitte )?"
    r"(?:\w+e[rl]?n sie\b(?! (?:bitte )?(?:mir|mich|uns|sich|bei|ein|auch|per|vorbei))"
    r"|\w{2,}ez(?:-vous)?(?!-(?:moi|nous)| nous|-vous (?:\w+ )?\w*[eé]r)(?!\w))[^.!?\n]*(?:[.!\n]|$)",
    re.IGNORECASE,
)
_ANSWER = group_of(r"""
    repl(?:y|ies)|answers?|response|letters?|e?-?mails?(?! with| about| on)
    notes?|lines?|open(?:er|ing)s?|words?|phrases?
    sentences?|verses?|antwort|brief\w*|zeilen?|sätze?|satz|worte?|begrüßung|réponse|lettre|courriel|lignes?
    mots?
    respuesta|carta|correo|líneas?|frases?|palabras?|risposta|lettera|righe|parole
""")
_OF_AN_ANSWER = re.compile(
    r"(?<!\w)(?:your|ihre[mnr]?|votre|su|vostra|an?|no|the|one|some|two|ein\w*|den|une?|una|first|warm|nicest)"
    rf" (?:\w+ )?{_ANSWER}(?!\w| from| address| box)"
    r"(?=.*\b(?:that|should|must|ought|could|on|about|with|without|in which|to|say|contains?"
    r"|stehen|dass|über|doit|qui|que|sobre|debe)\b)",
    re.IGNORECASE,
)
_WISH = any_word(r"""
    (?:by|(?<!instead )of|for|about|at|in) (?:saying|telling|calling|writing|agreeing)|to say|must be said
    having lied
    nod to
    (?:how|what) about .{0,20}\b(?:telling|writing|saying)|expect sympathy|your agreement
    thank(?:ed)? (?:us|me|for)|congratulations|thanks in advance for (?!your|the|any)|letters
    jokes?|apolog\w+|the blame|excuses|faute|disculpas?|culpa|entschuldigung|witze?|lob|schuld
    (?:(?:hear|read)(?:ing)?|tell|write|wrote|add|known) (?:that|you|the words|about|the world|them|so)
    (?:hören|lesen|schreiben|zugeben),? dass|in denen sie
    (?:lire|entendre|écrire|dire) que|(?:leer|oír|escribir|decir) que|(?:leggere|sentire|dire) che
""")
