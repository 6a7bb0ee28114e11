"""What servers say when they refuse a message. Tried in this order: OWN, RECEIVER, SENDER, DEAD, REJECTED."""

from sheetflow.workflow.phrases import any_of, group_of

_LIMITED = group_of(r"""
    send(?:ing)?|sent|outgoing|outbound|relay|submission|hourly|daily|weekly|monthly|24-hour|messages?|messaging
""")

_LIMIT = r"(?:(?:limit|quota|rate|threshold|allowance|allotment|volume|cap)s?\b)"
# What a lead's own mailbox is allowed to take isn't our limit.
_OURS = r"^(?!.*(?:receiv|incoming|recipient(?:'s| has)))"
_VERIFIED = r"(?:verified|validated|confirmed)"
_HELD = r"(?:pending|activated|suspended|blocked|disabled|hacked|locked|restricted)"
_MATCH = r"(?:does ?n.t|does not|do not|must|should|needs? to) (?:match|equal|be the same)"

# Our account: its limits, its address, its login. (A lead's mailbox has limits on size and on receiving.)
OWN = any_of(rf"""
    SubmissionQuota|SendAsDenied|OutboundSpam|throttl
    {_OURS}.*\b{_LIMITED}(?: (?!size|exceed|too|large)[\w-]+){{0,3}} {_LIMIT}
    {_OURS}.*\d+ (?:messages|e?-?mails|recipients) (?:a|per|an|each|in) (?:\d+ )?(?:day|hour|minute)
    (?:versand|sende|tages|stunden)limit|verzendlimiet
    (?:l[ií]mite?|quota|cuota) (?:d'envoi|de env[ií]os?|di invio)
    \b(?:limit|quota|rate)\b.{{0,40}} (?:sending|outgoing|outbound|you (?:may|can) send)\b
    {_OURS}.*\b(?:limit|quota) .{{0,40}}(?:per|an|each|within) .{{0,12}}(?:hour|day|minute)
    {_OURS}.*exceeded .{{0,60}}(?:per|an|this|each|within) .{{0,12}}(?:hour|day|minute)
    {_OURS}.*(?:per|this|an|in \d+) (?:hour|day|minute)s?\b.{{0,12}}exceeded
    {_OURS}.*too many (?:messages|e?mails|recipients) (?:today|(?:this|per|an) (?:hour|day))
    too many (?:messages|e?mails|recipients)\b.{{0,40}} from (?:this|your|the) (?:sender|ip|host|client)
    (?:exceeded|reached) (?:your|the|its) (?:[\w-]+ ){{0,2}}(?:threshold|sending)
    (?<!\w )e-?mail quota exceeded\W*$
    credits? exceeded|tenant has exceeded|(?:sender|daily|hourly|24-hour)(?: [\w-]+){{0,2}} quota
    unusual (?:sending|rate|traffic|volume|activity|amount|outbound|outgoing)
    (?:allowed|permissions?|permitted|authori[sz]ed) to send as
    not allowed to use (?:<>|th\w+ (?:from|sender|address|domain))
    (?:do|does) not own
    (?:sender|from)\b.{{0,40}} {_MATCH}
    relaying disallowed as|sender (?:address )?(?:is )?not (?:allowed|permitted) to relay
    relay.{{0,60}}without auth|ip name lookup failed|smtp auth|auth\w* turned on|turn on .{{0,20}}auth
    \b(?:auth failed|send auth)
    credentials|login attempts
    (?:please|must|need to) (?:first )?(?:authenticate|log ?in)|authenticated user
    verified sender|sender (?:identity|signature)|sender domain not verified
    (?:e-?mail address|domain|sender)\b.{{0,40}}(?:(?:not|n't)(?: been| yet)?|must be) {_VERIFIED}
    validate your sender|(?:trial|free) (?:account|plan)|your (?:[\w-]+ )?(?:plan|package)\b|\bapi key
    subscription (?:has )?(?:expired|ended)
    your (?:\w+ ){{0,2}}account (?:is|was|has)(?: \w+){{0,2}} {_HELD}
    compromised account
    (?:account|user|domain|mailbox)\b.{{0,40}} (?:from|for) sending|may not send (?:mail |messages )?as
    (?:sending|outbound e?mail) (?:has been |is )?(?:paused|denied|disabled|turned off)
    sandbox subdomains|for test purposes only
    outgoing (?:mail|messages?|e-?mail)\b.{{0,60}}(?:suspended|blocked|disabled)
""")

# The address is good: its mailbox is full or busy, takes mail from some people only, or can't be reached now.
RECEIVER = any_of(r"""
    (?:over|exceed\w*|out of|full) ?-?(?:\w+ ){0,5}(?:quota|storage|disk space|allowed size)
    quota (?:is )?(?:exceed|full|violation|usage)
    (?:mailbox|mailfolder|inbox|maildir) (?:is |would be )?(?:full|too large|over)
    full mailbox
    (?<!your )(?:mailbox|inbox) .{0,20}(?:limit|exceed)
    (?:not enough|insufficient|no) (?:system |free )?(?:storage|space|disk)
    disk (?:quota|full)|space (?:limit|has been used up)|storage (?:allocation|limit|quota)
    too (?:many messages on the server|much mail data)
    exceeded the local limit
    bo[iî]te .{0,40}(?:pleine|satur)|postfach .{0,20}voll|casella .{0,40}piena|переполнен|переповнен
    (?:buz[óo]n|casilla|bandeja) .{0,40}llen|caixa .{0,40}(?:cheia|lotada)
    (?:postvak|mailbox) .{0,20}\bvol\b
    (?:brevl[åa]da|inkorg|postkasse|postboks)\w* .{0,20}\bful[ld]|skrzynka .{0,40}(?:pełna|przepełn)
    schránka .{0,40}(?:plná|přepln)|kutusu .{0,20}dolu|容量|いっぱい|受信箱が一杯|已满|已滿|空间不足|가득
    receiving mail (?:at a rate|too quickly)|received (?:too|more)|has exceeded their limit
    RESOLVER\.RST\.(?:NotAuthorized|AuthRequired|RecipSizeLimit|(?:Sender|Recipient)Not\w+|RestrictedTo\w+)
    permission to send to this|only accepts (?:messages|mail|e-?mails?) from|allowed.senders.list
    (?:blocked|banned|rejected|refused|denied) by (?:the |this )?(?:recipient|user)
    (?:recipient|mailbox|(?<!ip )address|owner|list|group)\b.{0,40} (?:only (?:accepts|takes)|restricted)
    (?:recipient|mailbox|address|owner|list|group)\b.{0,40} (?:accepts|takes) only
    (?:mailbox|recipient|owner)\b.{0,20} (?:has blocked|(?:is )?configured to)
    (?:internal|external|outside|anonymous) senders|internal use only|forwarding to external
    post (?:here|to this)|permitted posters
    banned recipient|recipient refuses
    not (?:a )?(?:subscribe[dr]|member of (?:this|the) (?:list|group))|members?[ -]only|only members
    non-?member\b|closed mailing list|mailing list expansion
    TRANSPORT\.RULES|groups\.google\.com
    (?:user|recipient|domain)\b.{0,40} has a policy
    automatically rejected|unknown senders|not authenticated by organi[sz]ation
    (?:attachment|file)\b.{0,30} (?:polic|not (?:allowed|permitted|accepted))|illegal attachment|\bbanned:
    not (?:allowed|permitted|authorized) to send (?:messages? )?to (?:this|the) (?:recipient|group|list)
    relay(?:ing)? (?:access )?(?:denied|restrict|prohibit|not (?:allowed|permitted))|not a gateway
    (?:no|unable to|(?:do|does)(?: not|n.t)|not (?:configured|allowed|permitted) to) relay|rcpthosts
    recipient.? preferences|user preference
    system error|temporary system|mailer error|configuration error|internal (?:error|resource)
    gr[ea]y-?list|grey\b|triplet|service refus
    timed? ?out|(?:message|envelope|time) expired|queue too long|could not connect
    connection refused(?: by|\W*(?:\(|$))
    did not accept our requests to connect
    too many (?:recipients(?! from)|simultaneous|connections)|concurrent|hop count|too many hops|mail loop
    (?:message|size|mail).{0,30} (?:too (?:big|large)|exceeds .{0,30}(?:size|limit|maximum))|size limit
    (?:tls|encryption) (?:is )?(?:required|needed)|support tls|recipient domain configured
    potential security issue|rfc ?5322 compliant
""")

_REFUSED = r"(?:block|reject|ban(?:ned|\b)|listed|refus|denied|bloqu|bloccat|gesperrt|заблокир)"

_WHO = group_of(r"""
    user|mailbox|account|recipients?|address(?:ee|es)?|e-?mail|alias|name|local[- ]part
    person|customer|subscriber
""")
_ABSENT = group_of(r"""
    unknown|not ?found|(?:does ?n.t|does not|do not|did not|not|no longer) exist|non-?existent
    (?:is |was )?(?:invalid|inactive|disabled|suspended|deactivated|discontinued|closed|expired|terminated)
    (?:is |was )?(?:locked|deleted|unavailable|wrong)
    (?:not|is ?n.t) (?:a )?(?:known|valid|listed|recognized|local|present|active|our customer)
    (?:could|can) ?not be (?:found|located|verified)|unroute?able
    (?:been )?(?:marked as|due to|for) inactiv(?:e|ity)
""")
_WRONG = group_of(r"""
    unknown|invalid|no such|bad|non-?existent|inactive|no valid|illegal|incorrect|unrouteable|unroutable
""")
_US = group_of(r"""
    (?<!to )(?<!to the )sender|from address|return[- ]path|originat(?:or|ing)|reply address
    your (?:e-?mail )?(?:address|account|mailbox|domain|user)|sending (?:domain|account|address|user)
""")
_NO_RECIPIENT = r"(?:(?!recipient|rcpt|\bto\b|[.;] ).)"
_SENDER_ELSEWHERE = r"(?:absender\w*|exp[ée]diteur|mittente|remitente|remetente|afzender\w*|отправител\w+)"
_NOT = r"(?:(?:nicht|n'est|non|no|não|niet|не)\b|rejet|rifiut|rechaz|abgelehnt|gesperrt|bloqu)"

# About us: our server, our rate, our reputation, or what the message looks like.
SENDER = any_of(rf"""
    (?<!they may be )black ?list|block ?list|(?:dns|\br)bls?\b|spamhaus|spamcop|barracuda|abuseat
    senderbase|spfbl
    uceprotect|backscatter|invaluement|sorbs|mailspike|hostkarma|manitu|(?:ur|sur)ibl|surbl
    spam(?!\w*@)|unsolicited|bulk e?mail|\bjunk|mail content denied
    (?:open|\b)spf\b|sender policy framework|\bdkim\b|\bdmarc\b|domainkeys|reputation
    (?:sender|poor|low|bad) score
    (?:domain of|invalid|unroutable) sender|sender(?:'s)? (?:address |domain )?(?:is )?(?:not valid|invalid)
    sender(?:'s)? domain|(?:mail ?)?from domain|ers\.trendmicro|return(?:ing)? address|emetteur invalide
    (?:mail )?from:? (?:address(?:es)? |domain )?(?:is |are )?(?:not (?:one of|owned|allowed|valid)|invalid)
    mail ?from must|from address must
    {_SENDER_ELSEWHERE} (?:\S+ ){{0,2}}{_NOT}
    for sender address|sender (?:e?-?mail |address )?is(?: not|n.t)|mail ?from\b.{{0,40}}(?:fail|mismatch)
    {_US}\b{_NO_RECIPIENT}{{0,60}}?\b{_ABSENT}|(?:mail ?from|from:) ?<>{_NO_RECIPIENT}{{0,20}}?\b{_ABSENT}
    sender you used .{{0,80}}(?:invalid|not valid)
    (?<!callout )verification failed for|sender (?:callback|verif)
    reverse (?:dns|hostname)|\bptr\b|\brdns\b|cannot find your (?:hostname|reverse)|dns (?:mx|check|ptr)
    (?:invalid|bad) (?:helo|ehlo)
    (?:helo|ehlo)\b.{{0,40}} (?:rejected|invalid|refused|should|must|does not|doesn.t)
    rate.?limit|frequency limited|too much mail from|complaints|messages from \[?\d
    sending (?:\w+ )?too (?:many|much|fast|quickly)|too many (?:messages|emails|mails)
    too many (?:\w+ ){{0,3}}(?:errors|recipients|sessions) from
    (?:policy|security) (?:reasons?|restrictions?|violations?|rejection|breach)
    (?:against|by|violates?|due to|on) .{{0,30}}polic(?:y|ies)|local policy
    sender (?:e?mail )?(?:address |domain )?(?:is |was )?(?:{_REFUSED}|not allowed|verify failed)
    (?:your|sender'?s?|sending) (?:ip|host|server|mta|domain|message|e?mail|network)\b.{{0,60}}{_REFUSED}
    your access .{{0,60}}{_REFUSED}
    (?:\bips?|client host|client|connections?|mail from)\b.{{0,60}}\b{_REFUSED}
    \b(?:that|your|this|sending|source|connecting) ips?\b|\bip=|\bip [\d.]+ is not|unauthori[sz]ed
    host network
    connections? (?:will )?not (?:be )?accepted|^\W*(?:\d{{3}}\W+)?no smtp service
    not (?:allowed|permitted|authori[sz]ed) to (?:send|perform|connect)|ip not in
    mismatches client ip|sender not (?:pre-?)?approved|mail server .{{0,40}} blocked|blocked ip
    \bbanned|permanently deferred|administrative prohibition
    envelope (?:blocked|rejected)
    was blocked|blocked (?:using|by|(?:for|due)(?!(?: to)? inactiv)|-)|message filtered
    not authenticated|authentication (?:is )?(?:required|requise|failed|failure)
    (?:fails|requires) authentication|authentication (?:checks|information)|unauthenticated
    phish|malware|virus|suspicious|infected|executable|spoof
    message (?:was )?(?:blocked|filtered)
    content (?:is |was )?(?:filter|blocked)
    ^\W*(?:\d{{3}}\W+)?(?:access.)?denied|not allowed access|bad ip|too many bounces
    \bhost\b.{{0,40}} blocked
    bad ?mail ?from|not accept delivery of (?:this|your) (?:message|mail)
    go away|no access from|from your (?:country|region|network|location|provider)|bogus|empty envelope
    null sender|batv
    (?:cannot|can't|un)[ -]?resolv\w* (?:your|relay)|use the smtp (?:server|relay)
    (?:not|n.t) accept(?:ing)? .{{0,30}}from your?\b
    your (?:mail )?server (?:requires|needs|must)
    intrusion|abus(?:e|ive)\b|forged
    delist|(?<!not )listed (?:in|on|at|by)
    (?:sending|from|sender)\b.{{0,60}}not allowed|dynamic (?:ip|address|host)|residential
    open (?:relay|proxy)
    ^\W*domain may not exist
""")

_MAILBOX_ELSEWHERE = group_of(r"""
    postfach|konto|postvak|compte|bo[iî]te|adresse|cuenta|casilla|buz[óo]n|conta|casella|skrzynka|ящик
""")
_CLOSED = group_of(r"""
    gelöscht|geschlossen|supprim|ferm[ée]|eliminad|cancel|cerrad|dad[ao] de baja|chius|usunięt|verwijderd|удал
""")

DEAD = any_of(rf"""
    {_WHO}\b.{{0,80}}?\b{_ABSENT}
    {_WRONG}[ -](?:\w+[ /-]){{0,3}}(?:{_WHO}|rcpt|destination|host|domain)
    no such (?:\w+ ){{0,3}}(?:drop|person|entry)|no one with
    (?:deactivated|disabled) (?:user|mailbox|account)
    (?:unable to|can't|cannot|couldn't|could not) find (?:\w+ ){{0,3}}{_WHO}
    (?:recipient|user|address) (?:cannot|can't|could not) be verified|was not found in|incorrectly addressed
    n.t handle mail for|no route (?:found )?to (?:the )?domain|not (?:currently )?being accepted for this
    not a member of (?:the )?domain|\bnot ok\b|not (?:yet )?activated|not (?:a )?local host|is now disabled
    not an? (?:valid|known|active) (?:user|address|recipient|mailbox)
    (?:does ?n.t|does not) work here
    no longer (?:valid|active|available|accepts?|in use|with|works?|employed|an? employee|on server)
    no (?:mail ?box|account|user) (?:\w+ ){{0,4}}(?:here|found|(?:by|with) that name|available)
    doesn.t have an? .{{0,60}}account|does(?: not|n.t) have an account
    can.t accept user
    not listed in|not in my valid|{_WHO} is not in (?:our|my|the)\b
    <>\W{{0,3}}(?:(?:has been|is|was|rejected:) )?{_ABSENT}
    not (?:a )?local address|not our customer|archived recipient
    NoSuchUser|UserUnknown|Recip(?:ient)?NotFound|NonExistentDomain|BadPrimary
    (?:has|have) moved|new address|been replaced by
    nessun (?:utente|destinatario)|is currently suspended
    inesistente|inexistant|inexistente|nie ma taki\w+|nie istnieje|такого .{{0,20}}нет|нет такого
    (?:non|no está|pas|plus|nicht mehr|niet) (?:a[ck]|at)ti[vf]|nieaktywn|ha expirado|inactiv[oa]\b
    inutilizz|d[ée]sactiv[ée]
    disat+ivat|deaktiviert
    no existe|n'existe p(?:as|lus)|existiert nicht|nicht mehr existiert|non esiste|não existe|bestaat niet
    fin(?:d|n)es ikke|finns (?:inte|ej)|ei ole olemassa|neexist|nenalezen|nem létezik|bulunamad|nu există
    ne (?:postoji|obstaja)|не існує|δεν υπάρχει|không tồn tại|tidak (?:ditemukan|ada)
    unbekannt|ismeretlen|neznám|necunoscut|ukjent|ukendt|tuntematon|άγνωστ|невідом|inconnu|desconocid
    desconhecid|no encontrad|(?:宛先|あて先|アドレス).{{0,4}}不明
    sconosciut|onbekend|okänd
    konnte nicht gefunden|nicht gefunden werden|introuvable|no se (?:encontró|encuentra|pudo encontrar)
    non (?:è stat[oa] trovat|trovat)|não (?:foi )?encontrad|(?:niet|niet worden) gevonden
    hittades inte|kunne ikke (?:finnes|findes)|ble ikke funnet|blev ikke fundet|nie znaleziono|ei löy[td]
    не существует|не знайд|не найден|неизвестн
    見つかり|存在しま|存在しない|ディレクトリ|不存在|엔트리|없는
    (?:address|domain|server|host) (?:couldn.t|could not|cannot|can.t) be found|wasn.t found (?:at|in)\b
    find the recipient domain
    does(?:n.t| not) receive (?:e?mail|messages)
    (?:host|domain|server)(?: name)? (?:[\w.-]+ ){{0,5}}(?:unknown|not found|does(?: not| ?n.t) exist)
    unknown host|couldn't find any host|nxdomain|could not find a gateway|name or service not known
    null ?mx|(?:does not|doesn.t) accept (?:any )?e?mail
    no (?:mx|mail) (?:records?|exchangers?|hosts?|servers?)
    (?:account|mailbox|alias|user)\b.{{0,40}} (?:has been|was|is) (?:removed|cancell?ed)
    (?:employee|person|colleague|user|<>) has left|left (?:the|our) (?:company|organi[sz]ation)
    not deliverable|\b{_MAILBOX_ELSEWHERE}\b.{{0,40}} {_CLOSED}
    previously bounced|history of bouncing
    an mx or srv record indicated no smtp service
    all relevant mx records point to non-existent|lookups? failed permanently
    mailbox (?:unava\w+|disabled|not available)
    account or domain may not exist
    bad destination|bad ?(?:rcpt|recipient)|(?:recipient|address) (?:is )?not accepted|rejected recipients?
    (?:recipients?|address) (?:was|were|is) undeliverable|(?:nobody|no one) (?:at this|by that name)
    missing home directory
    mailbox (?:is )?frozen|recipient suspend|bo[iî]te .{{0,20}}archiv|recipient domain must exist
""")

# Little by itself: a policy rejects addresses too.
REJECTED = any_of(r"""
    (?:address|user|recipient|rcpt) (?:\w+ |has been )?(?:rejected|denied)
""")

TEMPORARY = any_of(r"""
    try again|come back|please retry|temporar|timed? ?out|servfail|gr[ea]ylist|deferred
    resources? unavailable
""")

# Says of nothing that it isn't there.
UNSAID = any_of(r"""
    (?<!user )(?<!recipient )unknown (?!address)(?:\w+ )?(?:error|reason|problem|failure)
    unbekannte[rs]? (?:fehler|grund|problem)|erreur inconnue|error desconocido|erro desconhecido
    errore sconosciuto|onbekende fout|nieznany błąd|neznámá chyba|неизвестная ошибка
""")

# The domain isn't there: final, whatever code comes with it.
GONE = any_of(r"""
    nxdomain|domain (?:name )?(?:does not exist|doesn.t exist|not found)|null ?mx|unknown host
""")
