"""How machines announce themselves in the subjects and texts of their answers."""

import re

from sheetflow.workflow.phrases import any_of, group_of

_AUTOMATIC = group_of(r"""
    auto(?:matic(?:ally)?|mated)?[ -]?(?:e-?mail )?(?:repl(?:y|ied)|respon[sd]er?|response|answer)
    automatisk[at]? svar
    auto(?:matic(?:ally)?|mated)?[ -](?:generated (?:reply|response|message)|acknowledge?ment)
    autosvar\w*|autorisposta|autorespuesta
    automatische (?:antwort|abwesenheits\w*|r[üu]ckmeldung|eingangsbest\w*)
    automatisch (?:antwoord|bericht)(?: bericht)?
    r[ée]ponse automatique
    (?:respuesta|contestaci[óo]n) autom[áa]tica|resposta autom[áa]tica|risposta automatica
    automaattinen (?:poissaolo)?vastaus
    automatick[áé] odpov[ěe][ďd]|odpowied[źz] automatyczna|automatyczna odpowied[źz]
    automatikus v[áa]lasz|r[ăa]spuns automat|automatski odgovor|samodejni odgovor
    otomatik (?:yanıt|cevap)
    автоматически(?:й|я)? ответ|автоответ\w*|автоматична відповідь|автоматичен отговор
    αυτόματη απάντηση|מענה אוטומטי|תשובה אוטומטית|رد تلقائي
    自動(?:応答|返信|回覆|回复)|自动(?:回复|答复|回覆)|자동 ?(?:회신|응답|답장)
    vacation (?:message|reply|notice|notification|response|auto\w*)
    abwesenheits(?:notiz|nachricht|meldung|assistent|agent|benachrichtigung)
    urlaubs(?:meldung|notiz|benachrichtigung)
    (?:message|notification|avis) d'absence|afwezigheids\w+|frånvarom\w+|fraværs\w+|不在通知|休暇通知
    (?:การ)?ตอบกลับอัตโนมัติ|balasan otomatis|(?:thư )?trả lời tự động
""")
_ABSENT = group_of(r"""
    out of (?:the )?office|out of town|ooo
    on (?:annual |parental |maternity |paternity |sick )?(?:vacation|holidays?|leave)
    away from (?:my|the) (?:office|desk|mail|e-?mail)
    abwesenheit|abwesend
    nicht im (?:büro|haus)|urlaubsvertretung
    absente?(?: du bureau)?|absence(?: du bureau)?
    fuera de (?:la )?oficina|ausente|fuori ufficio|assente|assenza|fora do escrit[óo]rio|aus[êe]ncia
    afwezig(?:heid(?:sbericht|smelding|sassistent)?)?|niet aanwezig
    frånvaro\w*|frånvarande|ikke til stede|fravær\w*|ikke på kontoret|poissa(?:olo\w*)?
    nieobecno[śs][ćc]\w*|poza biurem|mimo kancelář|nepřítomnost|házon kívül|távollét\w*
    вне офиса|отсутств\w*|нет на месте|ofis dışında
    不在(?:通知|のお知らせ|連絡)?|休暇(?:通知|中)?|外出|不在办公室|不在辦公室|休假|부재 ?(?:중|알림)?
""")
_STOP = r"[:：;.\-–—(\[\])/|】」!]"

# They stand first in a subject, or in brackets, as machines put them. After "Re:" people answer a machine.
SUBJECT = re.compile(
    rf"^\W{{0,10}}{_AUTOMATIC}(?=\s*(?:{_STOP}|(?:re|aus|from|to|von|de|by)\b|$))"
    rf"|^\W{{0,10}}{_ABSENT}(?=\s*re\b)"
    rf"|^\W{{0,10}}[\[(【]\s*(?:{_AUTOMATIC}|{_ABSENT})\s*[\])】]",
    re.IGNORECASE,
)
# A note of absence, where the text doesn't answer or ask: "Out of office pods" is a person's enquiry.
ABSENT = re.compile(rf"^\W{{0,10}}{_ABSENT}(?=\s*(?:{_STOP}|auto|$))", re.IGNORECASE)
# Beside a machine's words, else it is a person's enquiry about cars.
AUTO = re.compile(r"^\W{0,10}auto ?[:：]", re.IGNORECASE)

_CASE = r"(?:ticket|request|case|enquiry|inquiry|message|e-?mail|incident)"
_DONE = r"(?:received|created|opened|registered|logged)"
# The rest counts only beside another sign of a machine: people write it too.
RECEIPT_SUBJECTS = any_of(rf"""
    \b{_CASE}\b.{{0,40}} (?:was |is |been ){_DONE}|\b{_CASE} {_DONE}
    ^\W*(?:we(?: have|[’']ve)?|acknowledge?ment|confirmation)\b.{{0,20}} rece(?:ived|ipt)
    awaits moderator|unmonitored|not monitored
    eingangsbestätigung|ihre (?:anfrage|nachricht|e-?mail)\b.{{0,30}} (?:eingegangen|erhalten)
    accusé de réception|bien reçue?\b|acuse de recibo|hemos recibido|recibido su
    conferma di ricezione|abbiamo ricevuto|ontvangstbevestiging|hebben .{{0,30}}ontvangen|recebemos
""")
AWAY_SUBJECTS = any_of(rf"""
    \b(?:is|am|are|i[’']m) (?:currently )?{_ABSENT}
    ^\W*away from (?:my|the) \w+
""")
CASE_SUBJECTS = any_of(rf"""
    \[?\b(?:ticket|case|incident)\b\W{{0,3}}\d
    ^\W*thank(?:s| you) for (?:contacting|reaching out|your (?:e-?mail|{_CASE}|interest))
""")
AWAY = any_of(rf"""
    (?<!\w)(?:{_AUTOMATIC}|{_ABSENT})(?!\w)
    auto-?generated|automatically (?:sent|generated)
    automatisch (?:generiert|erstellt|erzeugt|versendet)
    \baway (?:until|from|on|till)\b|will be (?:back|returning|travel\w*|out)
    limited access|returning (?:to|on)
    no longer (?:works?|with|employed)|has left the (?:company|organi[sz]ation)
    im urlaub|en congés?|vacances|vacaciones|in ferie|met vakantie|férias|på semester|på ferie|в отпуске
    de retour|rientrer[òo]|regresar[ée]|volver[ée]|wieder erreichbar
    your mail .{{0,120}}will be read when I return
""")
# What else stands in a note of absence, and seldom where a person tells of a holiday.
NOTE = any_of(r"""
    \b(?:until|till|through|returning|upon my return|urgent\w*)\b
    \bin my absence\b|\bduring (?:my|this) (?:absence|time)\b
    \b(?:will|shall) (?:be back|return|reply|respond|answer|read|get back)|limited access|as soon as
    \b(?:bis|dringend\w*|vertret\w*|wieder (?:erreichbar|da|im)|nicht weitergeleitet)\b
    jusqu|retour|urgence|hasta|urgente|regres|volver|fino al|rientr|\btot\b|\baté\b
    till och med|\båter\b|tilbage|tilbake|\bдо\b|срочн
    \b(?:currently|derzeit|momentan|zurzeit|actuellement|actualmente|attualmente|momenteel)\b
""")
# Receipts by the words of machines.
RECEIPT = any_of(rf"""
    \bautomat(?:ed|ic) (?:message|e-?mail|response|reply|notification|acknowledge?ment)
    automatically (?:generated|sent)
    \b{_CASE}\b.{{0,60}} (?:has been|was) (?:successfully )?{_DONE}
    (?:do not|don[’']t) reply to this|no need to reply to this
    (?:mailbox|inbox|address|account) is (?:not|un)[ -]?monitored|cannot accept incoming
    confirming that we got your (?:request|message)|turn off this request|held until the list moderator
    \b(?:anfrage|ticket|nachricht)\b.{{0,40}} (?:wurde erhalten|ist eingegangen|erhalten und)
    votre demande.{{0,40}} a (?:bien )?été (?:reçue|enregistrée)
    (?:su|tu) solicitud.{{0,40}} (?:ha sido|fue) recibida|(?:richiesta|ticket).{{0,40}} è stat[ao] ricevut
    solicitação.{{0,40}} foi recebida|aanvraag.{{0,40}} is ontvangen
    automatisch (?:generierte|erstellte|erzeugte|generiert|erstellt|erzeugt|versendet)
    nicht auf diese (?:e-?mail|nachricht)|(?:message|e-?mail|réponse) automatique|ne pas (?:y )?répondre
    (?:mensaje|correo|respuesta) autom[áa]tic[oa]|no responda a este|mensagem automática|não responda
    (?:messaggio|risposta) automatic[oa]|non rispondere a questa|automatisch (?:bericht|gegenereerd)
    自動(?:配信|返信|送信)|自动发送|автоматическ
""")
RECEIVED = any_of(r"""
    (?:have |we've |has been )received (?:your|and)
    thank you for (?:contacting|your? (?:e-?mail|message|enquiry|inquiry|request))
    (?:reply|respond|get back to you|answer(?: you)?) as soon as
    (?:will|shall) (?:get back to|contact|be in touch|respond)
    wird sich .{0,40}(?:melden|in verbindung setzen)|vielen dank für ihre (?:nachricht|anfrage|e-?mail)
    accusons (?:bonne )?réception|bien reçu votre|hemos recibido|abbiamo ricevuto
    hebben (?:uw|je) .{0,30}ontvangen|recebemos (?:sua|a sua|o seu)
""")

_LIST = r"(?:allowed|guest|safe|white|approved)[ -]?(?:senders?[ -]?)?list"
# A filter that asks the sender to prove that he is one.
CHALLENGE = any_of(rf"""
    (?:click|use|follow) .{{0,40}}link below so I can receive your e-?mail
    (?:address|yourself) (?:added )?to (?:my|the recipient[’']s|our) {_LIST}.{{0,80}}(?:messages?|e-?mails?)
    (?:message|e-?mail).{{0,120}} (?:is being held|was waitlisted).{{0,80}}(?:not been verified|guest list)
    to release your message for delivery, please
""")
