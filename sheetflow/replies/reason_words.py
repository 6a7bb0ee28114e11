"""What servers say when they refuse a message. Tried in this order: RECEIVER, SENDER, DEAD."""

from sheetflow.replies.phrases import any_of, group_of

# The address is good: its mailbox is full or busy, takes mail from some people only, or can't be reached now.
RECEIVER = any_of(r"""
    (?:over|exceed\w*|out of|full) ?-?(?:\w+ ){0,5}(?:quota|storage|disk space|allowed size)
    quota (?:is )?(?:exceed|full|violation|usage)
    (?:mailbox|mailfolder|inbox|maildir) (?:is |would be )?(?:full|too large|over)
    full mailbox
    (?:mailbox|inbox) .{0,20}(?:limit|exceed)
    (?:not enough|insufficient|no) (?:system |free )?(?:storage|space|disk)
    disk (?:quota|full)|space (?:limit|has been used up)|storage (?:allocation|limit|quota)
    too (?:many messages on the server|much mail data)
    exceeded the local limit
    boîte .{0,20}pleine|postfach .{0,20}voll|casella .{0,20}piena|buz[óo]n lleno|переполнен
    容量|いっぱい|受信箱が一杯
    receiving mail (?:at a rate|too quickly)
    RESOLVER\.RST\.(?:NotAuthorized|AuthRequired|RecipSizeLimit|(?:Sender|Recipient)Not\w+|RestrictedTo\w+)
    permission to send to this|only accepts (?:messages|mail|e-?mails?) from|allowed senders list
    automatically rejected|unknown senders|not accept(?:ing)? .{0,20}attachments
    not (?:allowed|permitted|authorized) to send (?:messages? )?to (?:this|the) (?:recipient|group|list)
    relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))
    (?:no|unable to|not (?:allowed|permitted) to) relay
    recipient.? preferences|user preference
    system error|mailer error|configuration error
    timed? ?out|message expired|queue too long|could not connect|connection refused by
    did not accept our requests to connect
    too many recipients|hop count|too many hops|mail loop
    (?:message|size|mail).{0,30} (?:too (?:big|large)|exceeds .{0,30}(?:size|limit|maximum))|size limit
""")

_REFUSED = r"(?:block|reject|ban(?:ned|\b)|listed|refus|denied)"

# About us: our server, our rate, our reputation, or what the message looks like.
SENDER = any_of(rf"""
    black ?list|block ?list|\b(?:dns|r)bl\b|spamhaus|spamcop|barracuda|abuseat|senderbase|spfbl
    \bspam(?!\w*@)|unsolicited|bulk e?mail|\bjunk\b
    \bspf\b|\bdkim\b|\bdmarc\b|reputation
    (?:domain of|invalid) sender|sender(?:'s)? domain|mailfrom domain|return(?:ing)? address
    reverse dns|\bptr\b|\brdns\b|cannot find your (?:hostname|reverse)
    (?:rate|sending|hourly|daily) (?:\w+ ){{0,2}}(?:limit|quota)|rate.?limit|frequency limited
    sending too (?:many|fast)|too many (?:messages|connections|emails|mails|concurrent)
    unusual (?:rate|traffic|volume)
    (?:policy|security) (?:reasons?|restrictions?|violation|rejection|breach)
    (?:against|by|violates?|due to|on) .{{0,30}}polic(?:y|ies)|local policy
    sender (?:e?mail )?(?:address |domain )?(?:is |was )?(?:{_REFUSED}|not allowed|verify failed)
    (?:your|sender'?s?) (?:ip|host|server|domain|message|e?mail|access|network)\b.{{0,60}}{_REFUSED}
    (?:\bip|client host|client|connection|mail from)\b.{{0,60}}\b{_REFUSED}
    mismatches client ip|blocked ip|\bbanned
    was blocked|blocked (?:using|by|for|due|-)
    not authenticated|authentication (?:is )?(?:required|failed|failure)|unauthenticated
    phish|malware|virus|suspicious|infected|executable
    message (?:was )?(?:blocked|filtered|refused)
    content (?:is |was )?(?:rejected|filter|blocked)|rejected .{{0,20}}content
    (?<!rejected: )access denied\W*$
    go away|you are not allowed to connect|not accept(?:ing)? .{{0,30}}from your
""")

_WHO = group_of(r"""
    user|mailbox|account|recipients?|address(?:ee)?|e-?mail|alias|name|local[- ]part
    person|customer|subscriber
""")
_ABSENT = group_of(r"""
    unknown|not ?found|(?:does ?n.t|does not|do not|did not|not|no longer) exist|non-?existent
    (?:is |was )?(?:invalid|inactive|disabled|suspended|deactivated|discontinued|closed|expired|terminated)
    (?:is |was )?(?:locked|deleted|unavailable|wrong)
    not (?:a )?(?:known|valid|listed|recognized|local|present|active|our customer)
""")
_WRONG = group_of(r"""
    unknown|invalid|no such|bad|non-?existent|inactive|no valid|illegal|incorrect|unrouteable|unroutable
""")

DEAD = any_of(rf"""
    {_WHO}\b.{{0,80}}?\b{_ABSENT}
    {_WRONG} (?:\w+[ /-]){{0,3}}(?:{_WHO}|rcpt|destination|host|domain)
    not an? (?:valid|known) (?:user|address|recipient|mailbox)
    no longer (?:valid|active|available|accepts?|in use|with|work|employed|on server)
    no (?:mail ?box|account|user) (?:\w+ ){{0,4}}(?:here|found|(?:by|with) that name|available)
    doesn.t have an? .{{0,60}}account|does(?: not|n.t) have an account
    can.t accept user
    not listed in|not (?:a )?local address|not our customer|archived recipient
    NoSuchUser|Recip(?:ient)?NotFound|NonExistentDomain|BadPrimary
    (?:has|have) moved|new address
    no existe|n'existe pas|existiert nicht|non esiste|não existe|bestaat niet|finns inte
    unbekannt|inconnu|desconocid|sconosciut|onbekend|okänd
    konnte nicht gefunden|nicht gefunden werden|introuvable|no se (?:encontró|encuentra|pudo encontrar)
    non (?:è stat[oa] trovat|trovat)|não (?:foi )?encontrad|(?:niet|niet worden) gevonden
    hittades inte|kunne ikke (?:finnes|findes)|ble ikke funnet|blev ikke fundet|nie znaleziono|ei löyt
    не существует|не найден|неизвестн
    見つかり|存在しま|存在しない|ディレクトリ|不存在|엔트리|없는
    (?:address|domain|server|host) (?:couldn.t|could not|cannot|can.t) be found|wasn.t found (?:at|in)\b
    does(?:n.t| not) receive (?:e?mail|messages)
    (?:host|domain|server)(?: name)? (?:[\w.-]+ ){{0,5}}(?:unknown|not found|does(?: not| ?n.t) exist)
    unknown host|couldn't find any host|nxdomain|could not find a gateway|name or service not known
    null ?mx|does not accept (?:any )?e?mail|no (?:mx|mail) (?:records?|exchangers?|hosts?)
    an mx or srv record indicated no smtp service
    all relevant mx records point to non-existent|lookups? failed permanently
    mailbox (?:unavailable|disabled)
    (?:address|user|recipient|rcpt) (?:\w+ )?rejected|bad destination
""")

TEMPORARY = any_of(r"""
    try again|please retry|temporar|timed? ?out|servfail|gr[ea]ylist|deferred|resources? unavailable
""")

# The domain isn't there: final, whatever code comes with it.
GONE = any_of(r"""
    nxdomain|domain (?:name )?(?:does not exist|doesn.t exist|not found)|null ?mx|unknown host
""")
