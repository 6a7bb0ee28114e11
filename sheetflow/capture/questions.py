"""Words within longer questions: what they ask for, and what they rule out. Nothing but data.

The patterns meet questions as words.py spells them: lower case, without accents and marks.
"""

WITHIN = {
    "email": r"""
        reach you|get back to you|contact you|should we send|where (?:can|do) we send|reply to you
        |erreich\w*|joindre|(?:vous|t) ecrire|scriver(?:ti|le|vi)
        |contactarte|bereik\w*|e ?mail|mail|courriel|correo|correio|e ?post\w*|mailadres
        |posta elettronica|sahkoposti\w*
        |メール\w*|이메일\w*|ईमेल|имейл|ה?א?ימייל|ה?מייל|بريدك|البريد|ايميل\w*""",
    "phone": r"""
        phone|telephone|tel|mobile|cell|whatsapp|call you|reach you|best number|number to (?:call|text|reach)
        |telefon\w*|handy\w*|rufnummer|portable|telefono|movil|celular|cellulare|telefone|telemovel
        |telefoon\w*|gsm|puhelin\w*|joindre|erreich\w*|bereik\w*|телефон\w*|τηλεφωνο|κινητο|טלפון|נייד|telepon
        |(?:which|what|welche\w*|welk|quel|que|quale|qual|jaki) (?:\w+ ){0,2}(?:number|num+ero?)""",
    "first": r"""
        first name|given name|vorname|prenom|voornaam|call you by|primer nombre|imie""",
    "last": r"""
        last name|surname|family name|nachname|nom de famille|apellidos?|cognome|achternaam|nazwisko""",
    "name": r"""
        full name|your name|ihr name|dein name|votre nom|ton nom|tu nombre|su nombre|tuo nome|suo nome
        |seu nome|uw naam|je naam|jouw naam|ditt namn|dit navn|ditt navn|twoje imie i nazwisko
        |name and surname|first and last name|vor und nachname|nom et prenom|nombre y apellidos?|name please
        |nazywasz|nazywa sie|heissen sie|heisst du|appelez vous|te llamas|ti chiami|si chiama|voce se chama
        |heter du|hedder du|heet (?:je|u)|speaking (?:with|to)|talking to""",
    "service": r"""
        (?:which|what|select|choose|pick) (?:\w+ ){0,3}(?:services?|treatments?|packages?)
        |services? (?:\w+ ){0,3}(?:need|looking for|interested|require)\w*|interested in
        |what (?:do|are|would|can) (?:you|we) (?:\w+ ){0,2}(?:need|looking for|like done|like to book)
        |what are you looking for|what (?:needs|do you want) (?:to be )?done|(?:need|like|want) done
        |what (?:kind|type|sort) of (?:service|work|project|job|help)
        |welche (?:dienst)?leistung\w*|welche[rn]? (?:behandlung|service)
        |was (?:brauchen|benotigen|suchen|wunschen) sie|was (?:brauchst|benotigst|suchst) du
        |wofur interessier\w+|woran (?:\w+ )?interess\w+
        |quel(?:le)?s? (?:service|prestation)s?|avez vous besoin|as tu besoin|recherchez vous|cherchez vous
        |quel type de (?:service|prestation|projet|travaux)
        |que (?:\w+ )?servicios?|que tipo de (?:servicio|trabajo|proyecto)|que (?:necesitas?|buscas?)
        |(?:quale|che|quali) (?:tipo di )?serviz\w+|hai bisogno|ha bisogno|cosa (?:cerchi|ti serve)
        |(?:qual|que|quais) (?:tipo de )?servicos?|(?:do|de) que (?:voce )?precisa
        |o que (?:voce )?(?:precisa|procura)
        |welke (?:dienst|service|behandeling)\w*|naar op zoek|heb je nodig|heeft u nodig|waarin \w+ interesse
        |jaki\w* us[lł]ug\w*|us[lł]ug\w* (?:\w+ )?potrzebuj\w*|czego (?:\w+ )?(?:potrzebuj|szuka)\w*
        |vil(?:ken|ka|ke) tjanst\w*|hvilken? (?:tjeneste|ydelse)\w*|brug for|trenger du|behover du hjalp med
        |какая услуга|какие услуги|что вас интересует|яка послуга""",
    "urgency": r"""
        how soon|how urgent|how quickly|by when|timeline|time ?frame|ideal start|desired start|preferred start
        |when (?:do|does|would|will|are|should|could|can|must) (?:\w+ ){1,4}(?:need\w*|start\w*|begin|ready
        |like|want\w*|done|finished|completed|delivered|happen|move)
        |wie dringend|wie schnell|(?:bis|ab) wann
        |wann (?:\w+ ){0,2}(?:soll\w*|mocht\w+|brauch\w+|benotig\w+|wunsch\w+|starten|beginnen|losgehen)
        |gewunschter (?:zeitraum|beginn|start)|gewunschtes datum|zeitraum
        |quels? delais?|pour quand|quand (?:\w+ ){0,2}(?:souhait\w+|voul\w+|besoin|commenc\w+)|date souhaitee
        |para cuando|cuando (?:\w+ ){0,2}(?:necesit\w+|quier\w+|gustaria|empezar|comenzar|dese\w+)
        |urgencia|que plazo
        |(?:entro|per) quando|quando (?:\w+ ){0,2}(?:serve|vuoi|vorre\w+|desider\w+|inizia\w+|comincia\w+)
        |(?:para|ate) quando|qual o prazo
        |quando (?:\w+ ){0,2}(?:precisa|quer|gostaria|deseja|comecar|pretende)
        |hoe snel|(?:per|tegen) wanneer|wanneer (?:\w+ ){0,2}(?:wil\w*|moet\w*|nodig|starten|beginnen|zou)
        |(?:na|od|do) kiedy|kiedy (?:\w+ ){0,2}(?:potrzebuj\w+|chc\w+|zaczac|rozpoczac)|jak pilne
        |(?:nar|hvornar) (?:\w+ ){0,2}(?:behover|vill|onskar|[oø]nsker|ska|skal|trenger|starte\w*|brug)
        |hur snart|hvor hurtigt|hvor raskt|kuinka pian|(?:do|od) kdy|ne zaman
        |как срочно|когда (?:\w+ )?нужн\w+
        |к какому сроку""",
    "location": r"""
        where are you (?:located|based)|where do you live
        |where (?:is|are) (?:the|your) (?:property|home|house|project|job|site|business|home|building)\w*
        |(?:what|which) (?:\w+ )?(?:city|town|area|suburb|state)|zip ?code|postal code|postcode
        |wo (?:wohn\w+|befinde\w+|liegt|ist das|ist die|sind sie|soll\w*|steht)
        |in welche[rmn] (?:stadt|ort|region|gegend)|postleitzahl
        |ou (?:habit\w+|etes vous|se (?:trouve|situe))|quelle (?:\w+ )?(?:ville|commune|region)|code postal
        |donde (?:vives?|estas?|te encuentras|se encuentra|resides?)
        |(?:que|cual) (?:\w+ ){0,3}(?:ciudad|localidad|zona)
        |dove (?:viv\w+|abit\w+|ti trovi|si trova|sei)|(?:quale|che) (?:\w+ )?(?:citta|zona|comune)
        |onde (?:\w+ )?(?:mora|fica|vive|reside|esta)
        |(?:que|qual) (?:\w+ ){0,3}(?:cidade|bairro|regiao|localidade)
        |waar (?:woon\w*|bevind\w*|ligt|is het)|welke (?:plaats|stad|gemeente|regio)
        |gdzie (?:\w+ )?(?:mieszka\w*|znajduj\w*|jestes)|jakim miescie
        |var (?:bor|ligger|finns|befinner)|vilken (?:ort|stad)
        |hvor (?:bor|ligger|befinder|befinner)|hvilken by
        |missa (?:asut|sijaitsee)|kde (?:bydlite|se nachazi)|где вы|в каком городе|nerede""",
    "message": r"""
        tell us|tell me|how (?:can|may|could) (?:we|i)|describe|anything else|your message|let us know
        |what can we (?:do|help)|what brings you
        |(?:hoping|trying|want) to (?:achieve|accomplish)|what (?:\w+ ){0,5}(?:discuss|talk about)
        |please (?:share|explain)|share (?:more|any|some|anything)|anything (?:we|you)
        |(?:questions|comments) (?:\w+ ){0,4}(?:us|you have)
        |wie konnen wir|womit konnen wir|was konnen wir|wobei (?:konnen|durfen)
        |beschreiben|beschreibung|schildern|erzahl\w+|worum geht
        |comment pouvons|comment peut on|en quoi pouvons|decrivez|parlez nous|dites nous|precisez|racontez
        |votre (?:message|projet|besoin|demande)
        |como podemos|en que podemos|cuentanos|cuentame|describa|describenos|dinos|tu (?:mensaje|proyecto)
        |come possiamo|in cosa possiamo|racconta\w*|descrivi|descriva|descrivici|parlaci|dicci
        |em que podemos|conte (?:nos|mais|um)|descreva|fale (?:mais|sobre|conosco)
        |hoe kunnen|waarmee kunnen|vertel\w*|omschrijf|beschrijf
        |w czym mozemy|jak mozemy|opisz|opowiedz|twoja wiadomosc
        |hur kan vi|vad kan vi|beratta|beskriv|hvordan kan vi|hvad kan vi|hva kan vi|fort[aæe]l\w*
        |miten voimme|kerro|jak vam muzeme|s cim vam|popiste|cum va putem|miben segithetunk
        |nas[iı]l yard[iı]mc[iı]|чем (?:мы )?можем|опишите|расскажите|чим можемо""",
}

# With one of these in the question, an answer is somebody else's, or something else.
NOT_THEIRS = """
    friend friends partner spouse emergency referrer referral referred refer organizer organiser host
    agent assigned recipient cc bcc admin manager freund ami amigo amico vriend notfall urgence
    co coapplicant coborrower cobuyer joint
    operator mailbox inbox notification notifications notify employee staff representative salesperson
    broker dealer vendor supplier listing site website webmaster tracking destination forwarding
"""
NOT = {
    "name": f"{NOT_THEIRS} company firma username insurance subject betreff objet asunto oggetto assunto",
    "email": f"{NOT_THEIRS} consent newsletters subject template",
    "phone": f"{NOT_THEIRS} fax time",
    "service": "customer terms rate rating satisfied satisfaction quality agreement year level hear provider",
    "urgency": """
        hear heard call reach phone contact birth born last anrufen erreichen erreichbar ruckruf kontaktieren
        appeler rappeler joindre contacter llamar llamarte contactar contactarte chiamare chiamarti contattare
        contattarti ligar contatar bellen terugbellen bereiken zadzwonic dzwonic kontaktowac ringa ringe""",
    "location": "hear heard branch event appointment meeting listing",
    "message": "hear heard sms consent agree",
}

# What a field can't hold, whatever its name: words by which machines sort and mark their records.
NEVER = {
    "phone": r"(?i:yes|no|true|false|on|off|ja|nein|oui|non|s[ií]|sim|n[aã]o|nee|tak|nie|none|n/?a|-)",
    "email": r"[^@]*?\b(?:no-?_?reply|do-?_?not-?_?reply|wordpress|mailer-daemon|postmaster)[^@\s]{0,30}@\S+"
    r"|(?:[^@]*[\s<])?(?:forms?|notifications?|notify|mailer|bounces?)@\S+",
    "state": r"""
        (?i:active|inactive|disabled|enabled|invited|pending|open(?:ed)?|closed|new|draft|published|completed?
        |confirmed|cancell?ed|(?:un)?subscribed|bounced|complained|success|failed|processing|declined
        |[a-z]{2}-[a-z]+-\d)""",
    "location": r"[a-z]{2}-[a-z]+-\d",
    "service": r"""
        message|messages|conversation|chat|ticket|call|sms|text|lead|contact|customer|form|form_response
        |submission|form_submission|create[d]?|insert|new|email|subscribe|(?:\w+[.:])+\w+|[A-Z]+(?:_[A-Z]+)+""",
}
NEVER["zip"] = NEVER["state"]
