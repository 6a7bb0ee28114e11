"""How machines announce themselves in the subjects and texts of their answers."""

import re

from sheetflow.workflow.phrases import any_of, group_of

_AUTOMATIC = group_of(r"""
    auto(?:matic(?:ally)?|mated)?[ -]?(?:e-?mail )?(?:repl(?:y|ied)|respon[sd]er?|response|answer)
    auto(?:matic(?:ally)?|mated)?[ -](?:generated (?:reply|response|message)|acknowledge?ment)
    out[ -]of[ -](?:the[ -])?office (?:auto-?)?(?:reply|message|assistant|notification|response)
    autom(?:\.|atiska?t?) svar|sjálfvirkt svar|autosvar\w*|autorisposta|autorespuesta|respuesta autom\w+
    automatische (?:antwort|abwesenheits\w*|r[üu]ckmeldung|eingangsbest\w*)
    automatisch (?:antwoord|bericht)(?: bericht)?
    r[ée]ponse auto(?:matique)?|contestaci[óo]n autom[áa]tica|respost[ae] autom[áaà]tica|risposta automatica
    automaattinen (?:poissaolo)?vastaus|auto\w{1,6}vastaus|automaatvastus|automatvastus
    automātisk\w+ atbilde|automatinis atsakymas
    automatick[áé] odpov[ěe][ďd]|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]
    automatikus v[áa]lasz|r[ăa]spuns automat|automatski odgovor|samodejni odgovor|аутоматски одговор
    otomatik (?:yanıt|cevap)|balasan otomatis|jawapan automatik|(?:thư )?trả lời tự động
    автоматически(?:й|я)? ответ|автоответ\w*|автовідпов\w*|автоматична відповідь|автоматичен отговор
    αυτόματη απάντηση|מענה אוטומטי|תשובה אוטומטית|رد تلقائي|(?:การ)?ตอบกลับอัตโนมัติ
    自動(?:応答|返信|回覆|回复)|自动(?:回复|答复|回覆)|자동 ?(?:회신|응답|답장)
    vacation (?:message|reply|notice|notification|response|auto\w*)
    abwesenheits(?:notiz|nachricht|meldung|assistent|agent|benachrichtigung)
    urlaubs(?:meldung|notiz|benachrichtigung)
    (?:message|notification|avis) d'absence|afwezigheids\w+|frånvarom\w+|fraværs\w+|不在通知|休暇通知
""")
_STOP = r"[:：;.\-–—(\[\])/|】」!]"
# A subject that begins so; "Automatic reply gate for our yard" is a person's enquiry.
SUBJECT = re.compile(
    rf"^\W{{0,10}}(?:{_AUTOMATIC}(?=\s*(?:{_STOP}|(?:re|aus|auf|from|to|von|van|de|da|by|på|från|fra|til|od|op|à|al?|na|на|от)\b|$)))",
    re.IGNORECASE,
)

# A subject that is nothing else: a person tells of a holiday, and says more.
_ABSENT = group_of(r"""
    out[ -]of[ -](?:the[ -])?office|ooo|abwesenheit|abwesend|nicht im büro|absence(?: du bureau)?
    fuera de (?:la )?oficina|fuori (?:ufficio|sede)|(?:fora|ausente) do escritório|afwezig(?:heid)?
    frånvaro|fravær|poissa|nieobecność|nepřítomnost|нет на месте
""")
ABSENT = re.compile(rf"\W*{_ABSENT}\W*", re.IGNORECASE)

# What stands in a note of absence, and seldom if a person tells of a holiday.
NOTE = any_of(r"""
    \burgent\w*\b|\bemergenc\w+|\b(?:in|during) my absence\b|\blimited access|\bno access\b|\bas soon as\b
    \b(?:will|shall) (?:be back|return|reply|respond|answer|read|get back)|\b(?:upon|on) my return
    \bwhen I(?:.m back| return)
    \bcurrently\b|\bplease (?:contact|write to|e-?mail|call|direct|address|speak)\b|\bcontact (?-i:[A-Z])
    \bdringend\w*|\bvertret\w*|\bnicht weitergeleitet|\b(?:derzeit|momentan|zurzeit)\b|\bwenden sie sich
    \burgence|\bà mon retour|\bactuellement\b|\bcontact(?:er|ez)\b|\bremplac\w+
    \burgente?s?\b|\burgencias?\b|\bactualmente\b|\bcontact(?:e|ar|en)\b|\battualmente\b|\burgenz\w+
    \bcontattare\b|\brivolgersi
    \burg[êe]ncias?\b|\bmomentaneamente|\bmomenteel\b|\bdringende\b|\bspoed|\bniet doorgestuurd
    \bcontact opnemen
    \bbrådskande|\bhaster\b|\bkontakt(?:a|er)?\b|\bkiireelli|\bpiln\w+|\bnaléhav\w+|\bсрочн\w+|\bтермінов\w+
    \bεπείγο\w+|\bacil\b|\bsürgős|\burgen[țt]|緊急|お急ぎ|急用|紧急|緊急|긴급|급한
""")

# The text says itself that no person wrote it.
AUTOMATED = any_of(r"""
    \bwas (?:read|deleted without being read) on \w+, \w+ \d+, 20\d\d
    \bwurde am \w+, .{0,40}20\d\d.{0,10} (?:gelesen|ungelesen gelöscht)
    (?:\ba été lu le|\bfue leído el|\bha sido leído el|\bè stato letto il|\bgelezen op) \w+ \d.{0,30}20\d\d
    confirming that we got your (?:request|message)|turn off this request|held until the list moderator
    \bautomat(?:ed|ic) (?:message|e-?mail|response|reply|notification|acknowledge?ment|confirmation|answer)\b
    \bautomatically (?:generated|sent|created)|\b(?:generated|sent|created) automatically\b
    \bauto-?generated\b|\bauto-?repl(?:y|ied)\b
    \bautomatisch(?:e[nrs]?)? (?:generiert|erstellt|erzeugt|versendet|versandt|verschickt|gelöscht)
    \bautomatische[nrs]? (?:antwort|nachricht|e-?mail|benachrichtigung|\w*bestätigung|bevestiging)
    \b(?:message|e-?mail|réponse|courriel|réception|notification) automatique
    (?:généré|envoyé)e?s? automatiquement
    \b(?:mensaje|correo|respuesta|confirmación) autom[áa]tic[oa]|generado automáticamente
    \b(?:mensagem|resposta|e-?mail|confirmação) automátic[oa]
    \b(?:messaggio|risposta|conferma|e-?mail) automatic[oa]|ge(?:nerat|rad)[oa] automaticamente
    \bautomatisch(?:e)? (?:bericht|gegenereerd|verzonden|antwoord)
    \bautomatiskt? (?:genere|meddel|svar|skick|send)|\bautomatisk besked
    \bautomaattinen (?:vastaus|viesti)|\bautomatyczn\w+ (?:wiadomo|odpowied)|wygenerowan\w+ automatycznie
    \bautomatick\w+ (?:odpov|zpráv|správ)
    автоматическ\w+ (?:ответ|письм|сообщ|уведомл)|отправлено автоматически
    автоматичн\w+ (?:відпов|лист|повідом)
    αυτόματ\w+ (?:απάντηση|μήνυμα)|otomatik (?:yanıt|mesaj|olarak)|automatikus (?:válasz|üzenet)
    (?:mesaj|răspuns) automat
    自動(?:配信|返信|送信|応答)|自动(?:发送|回复|生成)|자동(?:으로)? ?(?:발송|회신|응답)
""")

# "I got your automatic reply", "thanks for the automatic reply", "this is not an automatic reply".
NOT_ITSELF = re.compile(
    r"(?:\b(?:no|not|your|kein\w*|nicht|ihr\w*|eure?|votre|vos|pas|su|tu|vostr\w+|sua|uw|je|din|jullie)"
    r"|\b(?:for|about|got|für|über|pour|por|per|voor|för) (?:the|an?|die|eine|la|el|de|den|det))"
    r"\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)

_NUMBERED = r"(?:ticket|request|case|enquiry|inquiry|incident)"
# A receipt, in the passive of machines. People write it too under a subject of ours.
RECEIPT = any_of(rf"""
    \b{_NUMBERED}\b.{{0,60}} (?:has been|was) (?:successfully )?(?:received|registered|logged)
    \b{_NUMBERED}\b.{{0,60}} (?:has been|was) (?:successfully )?(?:created|opened|assigned)
    \byour (?:case|ticket|reference) (?:number|id) is\b|\bcreated a (?:ticket|case) for your\b
    \byour (?:message|e-?mail)\b.{{0,60}} (?:has been|was) (?:successfully )?(?:received|registered|logged)
    \b(?:anfrage|ticket|nachricht)\b.{{0,40}} (?:wurde erhalten|ist (?:bei uns )?eingegangen|erhalten und)
    votre (?:demande|message).{{0,40}} a (?:bien )?été (?:reçue?|enregistrée?)
    (?:su|tu) solicitud.{{0,40}} (?:ha sido|fue) recibida|(?:richiesta|ticket).{{0,40}} è stat[ao] ricevut
    solicitação.{{0,40}} foi recebida|aanvraag.{{0,40}} is ontvangen
    \b(?:henvendelse|besked|sag).{{0,40}} er (?:modtaget|registreret|mottatt|registrert)
    \b(?:ärende|meddelande|förfrågan).{{0,40}} (?:har (?:tagits emot|registrerats)|är mottag)
    \b(?:požadav\w+|dotaz|žádost)\b.{{0,40}} byla? (?:přijat|zaregistr|zaevid)
    (?:zgłoszenie|wiadomość).{{0,40}} zosta[łl]\w+ (?:przyjęt|zarejestr)
    (?:заявка|обращение).{{0,40}} (?:принят|зарегистрир)|お問い合わせ.{{0,10}}受け付け
""")
# Nobody looks into the mailbox that answers.
UNREAD = any_of(r"""
    \bthis (?:\S+ ){0,2}(?:mailbox|inbox|address|account) is (?:not|un)[ -]?(?:being )?monitored
    \bthis (?:\S+ ){0,2}(?:mailbox|inbox|address|account) is no longer (?:being )?(?:monitored|read|in use)
    \bsent to this (?:mailbox|inbox|address|account) (?:is|are|will) not (?:be )?(?:read|monitored)
    \bunmonitored (?:mailbox|inbox|address)|\bunattended (?:mailbox|inbox)
    \bdiese[sr]? (?:postfach|e-?mail-?adresse|mailbox)\b.{0,30}\bnicht (?:mehr )?(?:überwacht|gelesen)
    \bcette (?:boîte|adresse)\b.{0,30}\bn[’']est (?:pas|plus) (?:consultée|surveillée|lue|relevée|gérée)
    \best[ae] (?:buz[óo]n|casilla|cuenta)\b.{0,30}\bno (?:est[áa]|es) (?:supervis|monitor|atendid|revisad)
    \bquesta casella\b.{0,30}\bnon è (?:più )?(?:presidiata|monitorata|letta)
    \besta (?:caixa|conta)\b.{0,30}\bnão é (?:monitor|verific|lid|consult)
    \b(?:deze|dit) (?:mailbox|postbus|postvak|mailadres)\b.{0,30}\bniet (?:meer )?(?:gelezen|beheerd|bekeken)
    \bta skrzynka\b.{0,30}\bnie jest (?:już )?(?:monitorowana|obsługiwana|czytana|sprawdzana)
    \bdenna (?:brevlåda|inkorg|e-?postadress)\b.{0,20}\b(?:bevakas|läses|övervakas) (?:inte|ej)
    \bdenne (?:postkasse|indbakke|mailboks|innboks)\w*\b.{0,20}\b(?:overvåges|læses|overvåkes|leses) ikke
    \bэтот ящик\b.{0,30}\bне (?:проверяется|обслуживается|просматривается)
""")

# What a machine tells besides: a number, what happens next.
PROCESSED = any_of(r"""
    \btickets?\b|\b(?:number|reference|\w{0,20}nummer|numéro|número|numero|numer|номер)\b|#\d|\(\d{2,}|\b\d{4,}\b
    \b(?:review\w*|process\w*|within|hours|working days|as soon as|shortly|reply to this|monitored)\b
    \bbearbeit\w*|\bin kürze|\bschnellstmöglich|\btrait(?:ée?|ement)|\bdélais\b|\brépondre\b|\brevis\w+
    \bproces\w+
    \btramit\w+|\bbreve\b|\belabor\w+|\bverwerk\w+|\bbehandl?\w+|\brozpatr\w+|\bobsł\w+|обработ|рассмотр
    受付番号|担当者
""")
# Polite openings and warnings; a sign of a machine only in a mail from "noreply".
RECEIVED = any_of(r"""
    (?:have |we've |has been )received (?:your|and)|\bautomat(?:ed|ic)\b
    thank you for (?:contacting|your? (?:e-?mail|message|enquiry|inquiry|request))
    \bwir melden uns\b|(?:reply|respond|get back to you|answer(?: you)?) as soon as
    (?:will|shall) (?:get back to|contact|be in touch|respond)|(?:do not|don[’']t|no need to) reply to this
    wird sich .{0,40}(?:melden|in verbindung setzen)|vielen dank für ihre (?:nachricht|anfrage|e-?mail)
    accusons (?:bonne )?réception|bien reçu votre|hemos recibido|abbiamo ricevuto
    hebben (?:uw|je) .{0,30}ontvangen|recebemos (?:sua|a sua|o seu)
    \bnicht auf diese (?:e-?mail|nachricht)|\bne pas (?:y )?répondre|\bno responda a este|\bnão responda
    \bnon rispondere a quest
""")

RECEIPT_SUBJECT = any_of(r"""
    ^\W*(?:acknowledge?ment|confirmation) of receipt
    ^\W*(?:request|ticket|message|enquiry|inquiry) received\b
    ^\W*eingangsbestätigung|^\W*accusé de réception|^\W*acuse de recibo|^\W*conferma di ricezione
    ^\W*ontvangstbevestiging|^\W*confirmação de (?:recebimento|receção)
    ^\W*potwierdzenie (?:otrzymania|przyjęcia)
    ^\W*mottagningsbekräftelse|^\W*potvrzení o přijetí|^\W*подтверждение получения|受付完了|受付のお知らせ
""")

# The last lines of a newsletter.
OFFER = any_of(r"""
    \bunsubscrib|\bopt[ -]?out\b|\bmanage (?:your )?preferences|\b(?:ab|aus)(?:bestellen|melden|tragen)\b
    \bd[ée]s(?:inscri|abonn)|\bdarse de baja|\bcancelar (?:la )?suscripción|\bdisiscri|\bdescadastr
    \bafmelden|\buitschrijven|\bavregistrera|\bavprenumerera|\bafmeld|\bmeld deg av|\bperu(?:uta)? tilaus
    \bwypis|\bodhlás|отписаться|配信停止|退订|退訂|수신 ?거부
""")

# The person is gone for good, and says so of himself or is named by a machine.
LEFT = any_of(r"""
    \bno longer (?:works?|working|with|employed|part of|at)\b
    \b(?:does|do|is|am) not (?:work|employed) .{0,40}(?:any ?more|any longer)
    \b(?:has|have|i[’']ve|is|am) (?:now )?retired\b
    \bleft (?:the |our |my )?(?:company|organi[sz]ation|firm|business)\b
    \b(?:has|have|i[’']ve) left (?:the team|(?:my|the|his|her) (?:position|post|job)|(?-i:[A-Z]))
    \bnicht mehr (?:\w+ ){0,6}(?:tätig|beschäftigt|im unternehmen|bei uns|angestellt)|\bausgeschieden\b
    \b(?:unternehmen|firma)\b.{0,40} verlassen
    \bne (?:fait|fais|travaille)s? plus (?:partie|pour|chez|dans|ici)
    \bquitté (?:la société|l[’']entreprise|notre|ses)
    \bya no (?:trabaj\w+|forma)|\b(?:ha|he) dejado (?:la empresa|de trabajar)
    \bnon (?:lavor\w+|fa|faccio) più|\b(?:ha|ho) lasciato (?:l[’']azienda|la società|la ditta)
    \b(?:já )?não (?:trabalh\w+|faz) mais|\bnão faz parte|\bjá não trabalh
    \b(?:deixou|deixei|saiu da) (?:a )?empresa
    \bniet (?:meer|langer) (?:werkzaam|in dienst)|\bwerkt? niet (?:meer|langer)
    \b(?:har )?slutat\b|\b(?:har )?sluttet i\b|\bfratrådt|\barbetar inte längre|\barbejder ikke længere
    \bikke (?:længere|lenger) (?:ansatt?|hos|en del)\b|\binte längre (?:anställd|kvar|hos)\b
    \bn[’']est plus (?:en poste|parmi nous|salariée?|employée?)|\bya no está con nosotros
    \bnon è più (?:con noi|dipendente|in forza)|\bnão está mais (?:na empresa|conosco)
    \b(?:jobber|arbeider) ikke lenger|\bei (?:ole )?enää (?:työskente|palveluks)|\bei työskentele enää
    \bnie pracuj\w+ już|\bjuż nie pracuj|\bodesz(?:ł|li)|\bodszedł|\bnepracuj\w+|\bбольше не работа|\bуволил
    \bпокинул
    \bδεν εργάζ\w+ πλέον|\bartık .{0,20}çalışm|退職|退社|離職|离职|퇴사
""")

# A filter that asks the sender to prove that he is one: something to click, a proof, a mail that waits.
CLICK = any_of(r"""
    \bclick(?:ing)?\b|\bfollow(?:ing)? (?:the |this )?link|\blink below|\bklick(?:en)?\b|\bcliqu\w+
    \bcliccare?\b|\bcliccate|\bclicc[ahi]\w*
    \bhaga clic|\bpulse\b|\bclique\b|\bklik\w*|\bkattints\w+|\bнажм\w+|\bперейд\w+|\bпо ссылке
    \btıkla\w*|\bκλικ|クリック|点击|點擊|클릭
""")
CHALLENGE = any_of(r"""
    \b(?:human|robot|bot|real person|a person|spam|junk|mensch|humain|humano|umano|menselijk|människa)\b
    \b(?:menneske|człowiek|člověk)\b|\brobô\b
    \b(?:allowed|guest|safe|white|approved)[ -]?(?:senders?[ -]?)?list
    \b(?:verify|confirm\w*|prove|authenticate|release|receive your|bestätigen|conferm\w+|bevestig\w+)\b
    \b(?:bekräft\w+|potwierd\w+|potvr\w+|подтверд\w+)\b|ロボット|確認|机器人|验证|驗證|로봇|인증
""")
WAITING = any_of(r"""
    \byour (?:message|e-?mail|mail)s?\b.{0,120}\b(?:held|wait\w*|pending|delivered|released?|reach\w*)\b
    \b(?:receive|release|accept|allow|deliver|delivery of|have) your (?:message|e-?mail|mail)s?\b
    (?:nachricht|mail).{0,100}(?:zugestellt|zurückgehalten|wartet)|zustellung (?:ihrer|deiner)
    (?:message|courriel|mail).{0,100}(?:remis|livré|distribué|attente|retenu|parvenu|débloqu)
    (?:mensaje|correo).{0,100}(?:entregad|retenid|espera)
    (?:mensagem|e-mail).{0,100}(?:entregue|retid|espera)
    (?:messaggio|mail).{0,100}(?:consegnat|attesa|trattenut)
    (?:bericht|mail).{0,100}(?:bezorgd|afgeleverd|wacht)
    (?:meddelande|besked|melding|mejl|mail).{0,100}(?:lever|vänta|vent)
    wiadomoś.{0,100}(?:dostarcz|wstrzyman|oczek)|(?:zpráv|správ).{0,100}(?:doruč|ček)
    (?:письмо|сообщение).{0,100}(?:доставлен|задержан|ожида)|(?:メール|メッセージ).{0,60}(?:届|配信|保留)
    邮件.{0,40}(?:送达|投递|拦截)|메일.{0,40}(?:전달|보류)
""")
