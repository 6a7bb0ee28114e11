"""How machines announce themselves in the subjects and texts of their answers."""

import re

from sheetflow.replies.phrases import any_of, group_of

_AUTOMATIC = group_of(r"""
    auto(?:matic(?:ally)?|mated)?[ -]?(?:e-?mail )?(?:repl(?:y|ied)|respon[sd]er?|response|answer)
    automatisk[at]? svar
    auto(?:matic(?:ally)?|mated)?[ -](?:generated (?:reply|response|message)|acknowledge?ment)
    auto ?(?=[:：])
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
    (?:การ)?ตอบกลับอัตโนมัติ|balasan otomatis|(?:thư )?trả lời tự động
""")
_ABSENT = group_of(r"""
    out of (?:the )?office|out of town|ooo
    vacation (?:message|reply|notice|notification|response|auto\w*)
    on (?:annual |parental |maternity |paternity |sick )?(?:vacation|holidays?|leave)
    away from (?:my|the) (?:office|desk|mail|e-?mail)
    abwesenheits(?:notiz|nachricht|meldung|assistent|agent|benachrichtigung)|abwesenheit|abwesend
    nicht im (?:büro|haus)|urlaubs(?:meldung|notiz|benachrichtigung|vertretung)
    absent(?:e)? du bureau|absence du bureau|absence|(?:message|notification|avis) d'absence
    fuera de (?:la )?oficina|ausente|fuori ufficio|assente|assenza|fora do escrit[óo]rio|aus[êe]ncia
    afwezig(?:heid(?:sbericht|smelding|sassistent)?)?|niet aanwezig
    frånvaro\w*|frånvarande|ikke til stede|fravær\w*|ikke på kontoret|poissa(?:olo\w*)?
    nieobecno[śs][ćc]\w*|poza biurem|mimo kancelář|nepřítomnost|házon kívül|távollét\w*
    вне офиса|отсутств\w*|нет на месте|ofis dışında
    不在(?:通知|のお知らせ|連絡)?|休暇(?:通知|中)?|外出|不在办公室|不在辦公室|休假|부재 ?(?:중|알림)?
""")
_REPLY_MARK = r"(?:(?:re|aw|sv|vs|antw|odp|r|rif|res|rép?|ynt)\s*(?:\[\d+\])?\s*[:：]\s*)?"
_STOP = r"[:：;.\-–—(\[\])/|】」!]"

# The words stand first in the subject and end there: "Out of office pods" is a person's enquiry.
SUBJECT = re.compile(
    rf"^\W{{0,10}}{_REPLY_MARK}\W{{0,10}}(?:{_AUTOMATIC}(?=\s*(?:{_STOP}|(?:re|aus|from|to|von|de|by)\b|$))"
    rf"|{_ABSENT}(?=\s*re\b))"
    rf"|^\W{{0,10}}{_ABSENT}(?=\s*(?:{_STOP}|auto|$))"
    rf"|[\[(【]\s*(?:{_AUTOMATIC}|{_ABSENT})\s*[\])】]",
    re.IGNORECASE,
)
# These count only beside another sign of a machine: people write them too.
AWAY = any_of(rf"""
    (?<!\w)(?:{_AUTOMATIC}|{_ABSENT})(?!\w)
    auto-?generated|automatically (?:sent|generated)
    automatisch (?:generiert|erstellt|erzeugt|versendet)
    \baway (?:until|from|on|till)\b|will be (?:back|returning|travel\w*|out)
    limited access|returning (?:to|on)
    im urlaub|en congés?|vacances|vacaciones|in ferie|met vakantie|férias|på semester|på ferie|в отпуске
    de retour|rientrer[òo]|regresar[ée]|volver[ée]|wieder erreichbar
""")
RECEIVED = any_of(r"""
    (?:have |we've |has been )received (?:your|and)
    thank you for (?:contacting|your (?:e-?mail|message|enquiry|inquiry|request))
    do not reply to this|nicht auf diese (?:e-?mail|nachricht)|ne pas répondre à ce|no responda a este
""")
