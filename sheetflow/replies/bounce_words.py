"""How mail servers say, in many languages, that a message wasn't delivered or is late."""

from sheetflow.workflow.phrases import any_of

SUBJECTS = any_of(r"""
    undeliver(?:able|ed)\b
    non[- _]?deliver(?:y|able|ed)
    not (?:be )?delivered
    could not (?:be delivered|send)
    can(?:not|'t) (?:be delivered|deliver)
    deliver(?:y|ing)?[ -](?:has )?(?:failed|failure|error|problem|warning|status|fault)
    deliver(?:y|ing)?[ -](?:notification|report|system)
    deliver(?:y|ing)?[ -]subsystem
    (?:failed|failure)[ :]+delivery
    failure notice|failed (?:mail\b|to (?:deliver|send))
    (?:mail|message) (?:failed|failure|returned|rejected|blocked|frozen)
    return(?:ed)? (?:(?:e-?)?mail|message|to sender)
    returning message
    mail (?:system )?error
    error sending your mail
    postmaster notify
    loop alert|unix from loop
    reject(?:ed)? mail
    not member article
    unsolicited bulk e?mail
    you sent (?:was )?blocked
    mail not (?:delivered|sent)
    address (?:not found|unknown)
    user unknown
    bounced? (?:mail|message|notification)|\[bounce\]
    unzustellbar
    nicht (?:zugestellt|zustellbar)
    zustellung.{0,20}(?:fehlgeschlagen|fehler|nicht)
    übermittlungsfehler
    non[-_ ]?remis
    non (?:distribu|délivr)
    échec (?:de |d'|lors ).{0,20}(?:remise|distribution|livraison|envoi)
    retour à l'expéditeur
    no se (?:puede|pudo|ha podido) entregar
    no entregad
    error (?:de|en la) entrega
    fallo en la entrega
    correo devuelto
    devuelto al remitente
    não (?:foi )?(?:possível )?entreg
    falha na entrega
    devolvid[ao]
    não é possível entregar
    non recapitabile
    non consegnat
    mancat[ao] (?:recapito|consegna)
    impossibile (?:recapitare|consegnare)|consegna (?:non riuscita|fallita)
    onbestelbaar
    niet (?:afgeleverd|bezorgd|besteld)
    kan niet worden (?:afgeleverd|bezorgd)
    går inte att leverera
    (?:kan|kunde) (?:inte|ej) levereras?
    ej levererat
    olevererbar
    kan ikke (?:leveres|afleveres)
    ikke (?:leverbar|afleveret)
    uleverbar|ulevert
    ei voi(?:da|tu)? toimittaa
    toimitus(?:virhe| epäonnistui)
    niedostarcz(?:al|on)
    nie (?:można|udało się) dostarczyć
    zwrot (?:wiadomości|poczty)
    nedoruč|(?:nelze|nebyla?|nebola?) doruč
    kézbesíthetetlen|nem kézbesít
    nelivrabil|nu a (?:fost|putut fi) livrat
    не(?:возможно| ?удалось| может быть| было) достав
    недоставлен|не доставлен
    ошибка (?:при )?доставк
    возврат
    не може бути достав
    teslim edil[ea]me|iletilemedi
    δεν (?:ήταν δυνατή|παραδόθηκε)
    לא ניתן למסירה
    تعذر (?:التسليم|تسليم)
    không (?:thể gửi|gửi được)
    配信(?:不能|失敗|でき|に失敗)
    配達(?:不能|失敗|でき)
    送信(?:でき|エラー|失敗|不能)
    届けられ|エラーメール|返送|リターンメール
    退信|投递失败|未送达|未傳遞
    (?:无法|無法|未能|不能)(?:投递|传递|送达|傳遞|投遞|傳送|发送)
    배달(?:되지|할 수|하지| ?실패)
    반송|전송 ?실패|전달(?:할 수|되지)
""")

NOTICES = any_of(r"""
    (?:could|can) ?not be (?:delivered|sent)
    couldn.t (?:be delivered|deliver)
    (?:was|were|is|has) ?not (?:been )?delivered
    (?:was |is )?undeliverable
    unable to deliver|failed to (?:deliver|send)
    (?:wasn't|was not) able to deliver
    delivery (?:to .{0,120} )?(?:has )?(?:failed|error|problems)
    had (?:trouble|problems?) deliver|problem delivering
    did not reach
    returned to (?:you|the sender)|returning (?:it|message|your)
    permanent (?:fatal )?(?:error|failure)s?
    following (?:addresses|recipients?|address\(es\)) (?:had|failed|was|were|returned|did not)
    rejected (?:by|recipient)|(?:has been|was) (?:rejected|blocked)
    will not be delivered
    this (?:message|e-?mail|report) was (?:created|generated) automatically
    automatically generated (?:delivery|message from)
    failure reasons|failed addresses|error message below
    mailbox (?:is )?full|exceeds allowed size
    user unknown|(?:unknown|invalid|no such) user|mailbox not found
    not (?:a )?valid (?:user|address|recipient)
    error was detected while processing|invalid (?:final delivery userid|address)
    requested action not taken|error code:? ?[45]\d\d
    the user\(s\)
    message from .{0,60}messaging security
    transcript of session
    (?:server|host|mailer) (?:said|replied|returned|responded|did not accept)
    \b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b
    ^[> ]*[<>]{3} ?[45]\d\d[ -]\S|^550[ -]\D|\berror:? [45]\d\d[ -]\D
    ERROR_CODE
    duplicated message-id
    rejected mail by fml
    hop count|mail loop
    nicht (?:zugestellt|erreicht)|unzustellbar
    konnte nicht (?:zugestellt|gesendet|übermittelt)
    n'(?:a|ont) (?:pas )?(?:pu être|été) (?:remis|délivré|envoyé|distribué)
    impossible de (?:remettre|livrer|délivrer)|échec de
    no (?:se )?(?:pudo|puede|ha podido|fue posible) (?:ser )?entreg|no ha sido entregado|no pudo ser entregado
    não (?:pôde|pode|foi possível) (?:ser )?entreg
    non (?:è stato possibile|ha raggiunto|è stata? (?:recapitat|consegnat))|impossibile (?:recapit|consegn)are
    (?:kon|kan) niet (?:worden )?(?:afgeleverd|bezorgd)
    kunde (?:inte|ej) levereras|kunne ikke leveres|ei voitu toimittaa
    nie (?:można|mogła|udało się|została) .{0,20}dostarcz|nem (?:lehet|sikerült|volt) kézbesít
    (?:nelze|nepodařilo(?: se)?|nepodarilo(?: sa)?|nemohla? být|nebyla?|nebola?) doruč
    ni bilo mogoče dostaviti|nije (?:bilo )?(?:moguće|mogla biti) (?:dostaviti|isporučiti)
    nije (?:isporučen|dostavljen)
    nu a (?:fost|putut fi) livrat|teslim edil[ea]me|iletilemedi|δεν (?:ήταν δυνατή|παραδόθηκε)
    не може бути достав|не вдалося достав|không (?:thể|được) gửi|tidak (?:dapat|bisa) (?:dikirim|terkirim)
    не (?:может быть|удалось|было|был[ао]?) ?достав|не доставлен|невозможно доставить
    (?:配信|配達|送信|送付)でき|届け(?:られ|ること)|エラーのため|送れません
    (?:无法|無法|未能)(?:投递|传递|送达|发送|傳送|投遞)|退信
    배달(?:되지|할 수)|전송하지 못
""")

DELAYED_SUBJECTS = any_of(r"""
    \bdelay(?:ed)?\b
    still being retried
    ^\W*warning[-: ]+ ?could not send
    verzöger|verspät|retardé|différé|retrasad|demorad|ritardat|vertraag|atrasad|försenad|forsinket
    opóźnion|zpožd|késlelt|viivästy|задерж|отложен|遅延|遅れ|延迟|延遲|지연
""")

# Sentences only; a report of a failure may tell of delays before it.
DELAYS = any_of(r"""
    this is a warning (?:message )?only|only a temporary failure report
    (?:do not|don't) need to re-?send
    no action is required on your part
    (?:message|mail) (?:is|has been|was) delayed|kept in the queue|has delayed|has been delayed
    delivery (?:\w+ ){0,4}(?:has been|is|was) delayed
    will (?:be|automatically be) (?:re-?tried|attempted again)
    to be retried|delivery attempts will continue|has been postponed
    will (?:keep|continue) (?:on )?(?:trying|to try|retrying|to retry|attempting|to attempt|to be)
    has not yet been (?:delivered|collected)|not yet been delivered
    is complete, but no delivery notification|message has been delivered to the following
    still (?:trying|attempting) to deliver|still in (?:the )?queue
    weitere zustellversuche|wird weiter versucht
    ser(?:a|ont) (?:encore )?réessay|se seguir[áa] intentando|si continuerà|continuaremos tentando
    попытки доставки будут|再送を(?:試み|続け)|将继续(?:尝试|重试)
""")
