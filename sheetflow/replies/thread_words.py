"""What mail programs write around a quoted thread and below a person's words, in many languages."""

import re

from sheetflow.workflow.phrases import any_of, group_of

# Bounded everywhere: a line of nothing but stars mustn't cost minutes.
_LEAD = r"^[>*_ \t]{0,20}"

_WROTE = group_of(r"""
    wrote|writes|schrieb\b.*|geschrieben|a écrit|escribió|escribio|ha scritto|scrisse|schreef\b.*|escreveu
    skrev\b.*|skriver|kirjoitti|napisał(?:\(a\)|a)?|pisze|napsal(?:\(a\))?|napísal|írta|a scris
    пишет|писал(?:\(а\))?|написал(?:\(а\))?|пише|писав|έγραψε|(?:şunu )?yazdı|đã viết|menulis
    さんは書きました|のメール|写道|寫道|님이 작성|כתב|كتب
""")
# The line above a quote: "On … wrote:", "Am … schrieb …:".
INTRODUCTION = re.compile(rf"{_LEAD}\S.{{0,300}}{_WROTE}[ \t]?[:：]?[*_ \t]{{0,5}}$", re.IGNORECASE)
# The first of several lines, where a mail program folded it, and their end.
INTRODUCTION_OPENS = re.compile(
    rf"{_LEAD}(?:(?:on|am|le|el|il|op|em|den|d\.|dnia|w dniu|dne|dňa|pe|στις|på|vào|pada)\W"
    r"|(?:в|вс|пн|вт|ср|чт|пт|сб)\W|\d{1,4}[-./年 ]).*[\d<@]",
    re.IGNORECASE,
)
INTRODUCTION_ENDS = re.compile(rf"{_WROTE}[ \t]?[:：]?[*_ \t]{{0,5}}$", re.IGNORECASE)
# The same in whatever language: a day, an hour, an address, a colon.
DATED_ADDRESS = re.compile(
    r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}.{0,200}<[^<>\s]+@[^<>\s]+>[ \t]*:?$"
    r"|^(?:Quoting|Zitat von|Citando|Citazione|Quota) .{0,200}<?[^<>\s]+@[^<>\s]+>?[ \t]*:[ \t]*$"
    r"|^(?=.{0,300}\b20\d\d)(?=.{0,300}\d[:.]\d\d).{0,300}<[^<>\s]+@[^<>\s]+>.{0,200}[:：][ \t]*$"
)

_EMBEDDED = group_of(r"""
    original (?:message|appointment)|ursprüngliche nachricht|original-?nachricht
    message (?:d'origine|original|initial)|mensaje original|mensagem original|messaggio originale
    oorspronkelijk bericht|originalmeddelande|ursprungligt meddelande|opprinnelig melding
    oprindelig meddelelse|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|eredeti üzenet
    исходное сообщение|оригинальное сообщение|forwarded message|weitergeleitete nachricht|message transféré
    mensaje reenviado|messaggio inoltrato|mensagem encaminhada|пересылаемое сообщение|doorgestuurd bericht
    reply message|原始邮件|原始郵件|元のメッセージ|転送メッセージ|원본 메시지
""")
# Everything below such a line is the thread.
DIVIDER = any_of(rf"""
    {_LEAD}[-_=*]{{2,80}}[ \t*]{{0,5}}{_EMBEDDED}.*$
    {_LEAD}begin forwarded message[ \t]*:?[*_ \t]{{0,5}}$
    {_LEAD}anfang der weitergeleiteten (?:nachricht|e-?mail)[ \t]*:?[*_ \t]{{0,5}}$
    {_LEAD}début du message (?:réexpédié|transféré)[ \t]*:?[*_ \t]{{0,5}}$
    {_LEAD}(?:inizio messaggio inoltrato|начало переадресованного сообщения)[ \t]*:?[*_ \t]{{0,5}}$
""")

_FROM = group_of(r"""
    from|von|de(?: la)?|da|van|från|fra|lähettäjä|od|от(?: кого)?|від|από|kimden|feladó
    差出人|发件人|寄件者|보낸 사람
""")
_NEXT = group_of(r"""
    sent|date|gesendet|datum|envoyé|fecha|enviado(?: el)?|inviato|data|verzonden|verstuurd|skickat|sendt|dato
    lähetetty|wysłano|odesláno|отправлено|дата|gönderme tarihi|elküldve|trimis|στάλθηκε
    送信日時|发送时间|寄件日期|보낸 날짜
    to|an|à|para|a|aan|till|til|vastaanottaja|do|komu|кому|kime|címzett|către|προς|宛先|收件人|받는 사람
    subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|tárgy|subiect|θέμα
    件名|主题|主旨|제목
""")
FIRST_HEADER = re.compile(rf"{_LEAD}{_FROM}[ \t]?[*_]*[:：][*_ \t]*\S", re.IGNORECASE)
FROM_DAY = re.compile(rf"{_LEAD}{_FROM}[ \t]?[*_]*[:：][*_ \t]*(?:\w+,? )?\d[^@]*$", re.IGNORECASE)
NEXT_HEADER = re.compile(rf"{_LEAD}{_NEXT}[ \t]?[*_]*[:：][*_ \t]*\S", re.IGNORECASE)

# What a company's mail server adds to mail from outside: a label to the subject, a warning above the text.
_OUTSIDE = group_of(r"""
    ext(?:ern(?:al|e[nrs]?|o|a)?)?|outside|(?:possible |suspected |probable )?(?:spam|junk|phishing)|disarmed
""")
_LABELLED = rf"[\[({{*]{{1,3}}{_OUTSIDE}(?: (?:e-?mail|sender|message))?\W?[\])}}*]{{1,3}}"
LABEL = re.compile(rf"^\s*(?:{_LABELLED}|ext(?:ern(?:al)?)?[ ]?:)\s*", re.IGNORECASE)
_WARNED = group_of(r"""
    caution|warning|attention|achtung|atención|attenzione|atenção|let op|\[|this (?:e-?mail|message)
    (?:diese|externe) e-?mail|ce (?:message|mail|courriel)|este (?:correo|mensaje)|quest[ao] |est[ae] |dez?e
""")
_FROM_OUTSIDE = group_of(r"""
    originat\w+ (?:from )?(?:an? )?(?:outside|external)|outside (?:of )?(?:the|your|our) organi[sz]ation
    extern(?:al|en?|er)? (?:e-?mail|mail|message|sender|absender|afzender|avsändare)
    (?:expéditeur|remitente|mittente|remetente|correo|e-?mail) (?:externe?|extern[oa]|estern[oa])
    de l[’']extérieur
""")
BANNER = any_of(rf"""
    ^\W{{0,10}}{_WARNED}.{{0,80}}\b{_FROM_OUTSIDE}\b|^\W{{0,5}}{_LABELLED}|^\W*external\W*$
    ^you don[’']t often get e?mail from|^sie erhalten nicht häufig e-?mails? von
""")
BANNER_GOES_ON = any_of(r"""
    \blinks?\b|\battachments?\b|\bunknown\b|\banhänge\b|\bliens?\b|\baka\.ms\b|^[_=*-]{5,}\s*$
""")
IMAGE = re.compile(r"^\s*\[(?:cid|image):[^\]]{1,200}\]\s*$")  # where a picture stood, often in a signature
SENT_FROM = group_of(r"""
    sent (?:from|via|with|using)[ ]|[^\n]{0,30}outlook\b[^\n]{1,20}\b(?:ios|android)\b
    gesendet (?:mit|von)|von meine[mr](?:/meiner)? .{1,40} gesendet|diese nachricht wurde von meinem
    envoyé (?:depuis|de mon|à partir)|enviado (?:desde|do)|inviato dal?[ ]
    verzonden (?:vanaf|met|via)|verstuurd vanaf
    skickat från
    virus-free|virenfrei|this e-?mail has been checked for viruses|diese e-?mail wurde .{1,30} auf viren
    (?:garanti )?sans virus|libre de virus|senza virus|livre de vírus
    sendt fra|lähetetty[ ]|wysłane z|odesláno z|отправлено с
    küldve az? |trimis de pe |надіслано з |στάλθηκε από |odoslané z |android için |provenance : courrier
    mit der .{1,20} app gesendet|yahoo mail:|libero mail
    get \w{2,20} for (?:ios|android|iphone)
    (?:iphone|galaxy|android)\S{0,8} ?(?:から送信|에서 보냄|gönderildi)|[发發]自我的|[从從]我的
    나의 .{1,20}에서 보냄
""")

# "Re:" and "Fwd:" in the words of mail programs, at the beginning or in front of what is answered.
_RE = group_of(r"""
    re|aw|antw?|antwort|sv|vs|odp|res|r|rif|rv|ref|rép|réf|réponse|resp|ynt|atb|vá|vast|bls|απ|ha|на|отв|ответ|відп
    fwd?|wg|tr|enc|pd|vb|vl|回复|回覆|答复|答覆|返信|转发|轉寄|転送|답장|전달|رد|השב|ตอบกลับ|trả lời
""")
# A list may have put its label before: "[Team] Re:".
_LIST_LABEL = r"[\[({]{1,3}[^\[\](){}#\d]{1,40}[\])}]{1,3}"
ANSWERING = re.compile(
    rf"(?:^{_LIST_LABEL}|^|(?<=\s))\W{{0,5}}{_RE}(?:\[\d+\]|\(\d+\))?[ ]?[:：]", re.IGNORECASE
)

# The first and the last words of a letter.
_HELLO = group_of(r"""
    hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern
    hallo|moin|guten (?:tag|morgen|abend)|grüß gott|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|salut|madame
    monsieur|chère?s?|hola|buen(?:os|as)? (?:días?|tardes|noches)|estimad[oa]s?|ciao|buongiorno
    buonasera
    salve|gentil[ei]|egregi[oa]?|spett(?:abile|\.le)|olá|bo(?:m dia|a tarde|a noite)|prezad[oa]s?|car[oa]s?
    beste|geachte|goede(?:morgen|middag|navond|ndag)|hej|hejsan|hei|god (?:dag|morgon|morgen)|goddag|kære
    bästa|hyvä|moi|dzień dobry|cześć|witam|szanown[iya]|dobrý den|vážen[íáý]|ahoj|здравствуйте|привет
    добр(?:ый|ое|ого) \w+|уважаем\w+|γεια(?: σας)?|merhaba|sayın|tisztelt|bună ziua
""")
_NAMED = r"(?:[ ](?:(?-i:[A-ZÀ-ÞА-Я])[\w-]{0,30}\.?|und|and|all|there)){0,5}"
GREETING = re.compile(
    rf"^\W*{_HELLO}\b(?:[^\n.!?]{{0,30}}[,!:][ \t]*\n+|{_NAMED}(?:[,!][ \t]*|[ \t]*\n+))", re.IGNORECASE
)
_REGARDS = group_of(r"""
    (?:with )?(?:kind(?:est)?|best|warm) (?:regards|wishes)|regards|all the best|cheers|sincerely|yours
    (?:mit )?(?:viele|freundliche|liebe|beste|schöne|herzliche)[nr]? gr[üu](?:ß|ss)en?|gr[üu](?:ß|ss)e?
    mfg|lg|vg|bg
    (?:bien |très )?cordialement|bien à vous|cdl?t|(?:sincères )?salutations|(?:un )?(?:cordial )?saludos?
    atentamente|atte|(?:cordiali |distinti )?saluti|cordialmente|(?:melhores )?cumprimentos|atenciosamente|att
    abraços|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|mvh
    (?:med )?vänliga?(?: hälsningar)?|(?:bästa )?hälsningar|(?:med )?ven(?:lig|nlig)e? hilsen|hilsen
    (?:ystävällisin )?terveisin|z poważaniem|pozdrawiam|s pozdravem|pozdravem|с уважением|з повагою
    με εκτίμηση|saygılarımla|üdvözlettel
""")
# A line of nothing else; more words behind it say something.
_THANKS = group_of(r"""
    best|(?:many |with )?thanks(?: in advance)?|thank you|vielen dank|danke|merci(?: d[’']avance)?
    (?:muchas )?gracias|grazie(?: mille)?|obrigad[oa]|bedankt|tack|(?:mange )?tak|takk|kiitos|dziękuję|děkuji
    спасибо
""")
FAREWELL = rf"(?:{_REGARDS}|{_THANKS})"
# Also the warning that companies put below a mail.
CLOSING = re.compile(
    rf"^\W*{_REGARDS}\b|^\W*{_THANKS}\W*$"
    r"|.*\b(?:confiden[ct]|vertraulich|riservat|vertrouwelijk|konfidenti|fortrolig|poufn|důvěrn)",
    re.IGNORECASE,
)
