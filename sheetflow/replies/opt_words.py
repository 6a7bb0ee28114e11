"""The words that a wish to get no more mail is made of, language by language, as regular expressions.

Words that people use in ordinary answers too are missing on purpose: one unknown word makes a text a reply.
So are prepositions: "stop in", "stop at ours".
"""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """Alternatives, a line or several for each field."""

    leave: str = ""  # says it all: "unsubscribe"
    drop: str = ""  # says it of what is `mine`: "remove me"
    halt: str = ""  # "stop", unless it is asked or denied
    send: str = ""  # what should end: "mails", "write"; only beside a no
    no: str = ""
    mine: str = ""  # the person, the address, "from your list"
    want: str = ""
    get: str = ""  # only of what is wanted: "I don't receive mails" is something else
    around: str = ""  # what may stand beside these
    polite: str = ""
    alone: str = ""  # a wish if nothing but a polite word stands beside it: "end", Spanish "baja"


def _read(table: str) -> list[Vocabulary]:
    """One for each paragraph: its name, then lines of a field and its alternatives."""
    found = []
    for paragraph in table.strip().split("\n\n"):
        fields = defaultdict(list)
        for line in paragraph.splitlines()[1:]:
            name, _, words = line.partition(" ")
            fields[name].append(words.strip())
        found.append(Vocabulary(**{name: "\n".join(lines) for name, lines in fields.items()}))
    return found


# The first is understood in every language.
EVERYWHERE, *LANGUAGES = _read(r"""
Everywhere
leave   unsub(?:scribe[sd]?|scribing|scription)?|opt(?:ing|ed)?[ -]?(?:me )?out
halt    stop+
send    e-?mails?|mails?|newsletters?|spam|messages?
polite  please|pls|plz|thanks|thank you|thx|ok|okay
alone   quit|end|remove|delete

English
leave   cancel (?:my |the |this )?subscription|unlist me
leave   (?:take|get) (?:me|us|my (?:e-?mail )?(?:address|name)) (?:off|out of) (?:\w+ ){0,2}lists?
leave   (?:take|get) (?:me|us) off|be (?:removed|unsubscribed|deleted|taken off)
drop    remove|delete|erase|strike|drop
halt    stop(?:ped)?|quit(?= \w+ing)|cease|enough|leave me alone
send    e-?mail(?:s|ing)?|mail(?:s|ing)?|writ(?:e|ing)|contact(?:ing)?|messag(?:es?|ing)|send(?:ing)?
send    spam(?:ming)?|bother(?:ing)?|harass(?:ing)?|communications?|reminders?|follow[ -]ups?
no      don'?t|do not|no more|no longer|no further|not|no|never|any ?more
mine    (?:to )?(?:me|us)|(?:my|this) (?:e-?mail )?(?:address|name|details|data|e-?mail|info|information)
mine    (?:from|off|out of|to) (?:(?:the|your|this|all) )?(?:(?:e-?)?mail(?:ing)? )?(?:lists?|database)
want    want|wish|like|desire
get     get|receive|getting|receiving|hear(?: from you)?|be (?:contacted|e-?mailed|sent)
around  not interested(?: any ?more)?|(?:this|it) is spam|i am|the|your|this|that|these|those|it|all|any
around  anything|from|of|to|now|immediately|again|i|i'd|i'm|we|would|could|can|you|and|or|further|more|how|do
around  ever|just|such|kindly|already|at (?:once|all)|for (?:good|ever)|in (?:the )?future|be
polite  sorry|kindly|regards|cheers|hi|hello|hey|asap

German
leave   (?:um )?abmeld(?:en|ung)|abbestell(?:en|e|t|ung)|austragen|abgemeldet werden|abo kündigen
leave   (?:meld|trag)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:\w+ ){0,3}(?:ab|aus)(?! und zu)
leave   (?:nehm|streich)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:raus|heraus)
drop    lösch\w*|entfern\w*|nehm\w*|streich\w*|raus|heraus
halt    stopp?|stoppen|aufhören|unterlass\w*|hör(?:en|t)?(?: sie| ihr)?(?: bitte)? auf|schluss|genug
halt    lass(?:en|t)?(?: sie)? mich(?: bitte)? in (?:ruhe|frieden)
send    post|nachrichten?|(?:zu )?schreib\w*|angeschrieben|(?:zu )?kontaktier\w*|(?:zu )?send\w*
send    (?:zu )?schick\w*|zusend\w*|werbung|zuschriften|belästig\w*|anschreiben|mailen|mailt|infomails?
send    werbemails?
no      keine?[rnms]?|nicht|nie|nichts
mine    mich|mir|uns|(?:an )?(?:meine|diese) (?:e-?mail-?)?(?:adresse|daten|mail)|mail-?adresse
mine    (?:aus|von) (?:d|ihr|eur|dies)e[mr] (?:e-?mail-?|mailing-?)?(?:verteiler|liste|datenbank)
mine    vom (?:e-?mail-?)?verteiler|vom newsletter
want    möchten?|will|wollen|wünschen?
get     erhalten|bekommen|haben|kriegen
around  mehr|weiter|weitere[nrs]?|sie|ihr|ich|wir|von|ihnen|euch|der|dem|den|die|diese[rnm]?|ihre[rnm]?
around  zukünftig|in zukunft|künftig|ab sofort|sofort|damit|das|wieder|und|oder|kein interesse|per|endlich
around  alle
polite  bitte|danke|vielen dank|gruß|grüße|mfg|hallo
alone   löschen|entfernen|streichen

French
leave   (?:me |m'|se )?d[ée]sabonne\w*(?:[- ]moi)?|(?:me |m'|se )?d[ée]sinscri\w*(?:[- ]moi)?|désabonnement
leave   (?:retire[rz]?|supprime[rz]?|efface[rz]?|enl[eè]ve[rz]?|radie[rz]?)-moi
leave   résili(?:er|ez) mon abonnement
drop    retire[rz]?|supprime[rz]?|efface[rz]?|enl[eè]ve[rz]?|radie[rz]?
halt    stoppez|arr[êe]te[rz]?|cesse[rz]?|assez|laissez-moi tranquille|ça suffit
send    (?:m')?écri\w+|ecri\w+|(?:d')?envo\w+|courriels?|contacte[rz]?|contacté|relance\w*|sollicit\w*
send    publicité
no      ne|n'|pas|plus d(?:e\b|')|plus|jamais|aucune?|rien
mine    moi|me|m'|nous|mon (?:adresse|e-?mail|mail|nom|contact)|mes (?:données|coordonnées)
mine    d(?:e|es) (?:la |votre |vos |cette |ces )?listes?(?: de diffusion)?
want    veux|voulons|souhaite|souhaitons|désire|voudrais
get     recevoir|reçevoir|avoir|être
around  de|d'|du|des|la|le|les|l'|votre|vos|ces|cette|cet|ce|je|j'|merci de|et|ni|tous|tout de suite
around  maintenant|pas intéressée?
polite  s'?il vous pla[îi]t|svp|stp|merci(?: d'avance)?|veuillez|bonjour|cordialement|prière de|bien vouloir
alone   arrête|supprimer

Spanish
leave   (?:d[eé]n?)?(?:dar)?(?:me|nos)? de baja|desuscri\w*|desuscripci[óo]n
leave   (?:b[óo]rr|elim[ií]n|qu[ií]t|s[áa]qu)\w*[ea]n?me
leave   (?:cancelar|anular|cancelen|cancele) (?:la |mi |esta )?suscripci[óo]n|baja de la lista
drop    b[óo]rr[ae]\w*|elim[ií]n\w*|qu[ií]t[ae]\w*|s[áa]qu\w*|suprim\w*
halt    paren|basta(?: ya)?|dejen|deje|cesen|suficiente|déjenme en paz
send    correos?|mensajes?|escrib\w+|env[íi]\w+|contact\w+|mand\w+|publicidad|molest\w+
no      no|nunca|jamás|ning[uú]n\w*|ni
mine    me|nos|mi (?:direcci[óo]n|correo|e-?mail|cuenta|nombre)|mis datos
mine    de (?:la |su |esta |sus )?listas?(?: de correos?)?|del (?:boletín|listado)
want    quiero|queremos|deseo|deseamos|quisiera
get     recibir|ser
around  m[áa]s|de|la|el|los|las|su|sus|esta|este|estos|ya|y|que|no me interesa|vuelvan a|vuelva a
polite  por favor|favor|gracias|muchas gracias|saludos|hola|solicito
alone   baja|para|pare|borrar|eliminar

Italian
leave   disiscri\w*|(?:cancell|elimin|rimuov|togli)\w*(?:mi|ci)|mi cancelli|cancellazione|disdetta
leave   (?:annulla|cancella)(?:re|te)? (?:la mia |l')?iscrizione
drop    cancell\w*|elimin\w*|rimuov\w*|togli\w*|depenn\w*
halt    smett\w+|basta|piantatela|finitela|lasciatemi in pace
send    messagg[io]|scriv\w+|invi\w+|mandat\w+|mandar\w*|contatt\w+|posta|pubblicità|disturb\w+
no      non|niente|nessun\w*|mai|né
mine    mi|ci|me|(?:il )?mio (?:indirizzo|contatto|nome)|(?:la )?mia (?:e-?mail|mail)|i miei dati
mine    dall[ae] (?:vostr[ae] |tua )?(?:list[ae]|mailing list)|dall'elenco|dal database
want    voglio|vogliamo|vorrei|desidero|desideriamo
get     ricevere|ricevervi|essere
around  più|di|la|il|le|lo|l'|vostra|vostre|vostro|questa|queste|questo|e|altre|altri|altro|subito|ora
around  non mi interessa
polite  per favore|grazie|per cortesia|cortesemente|saluti|cordiali saluti|buongiorno|prego|si prega di

Portuguese
leave   (?:remov|retir|exclu|elimin|apagu|tir)\w*-me|(?:me )?descadastr\w*(?:-me)?|(?:me )?desinscre\w*
leave   desubscrever|sair da (?:sua |vossa )?lista
leave   (?:cancelar|anular|cancelem) (?:a )?(?:minha )?(?:assinatura|inscriç[ãa]o|subscriç[ãa]o)
drop    remov\w*|retir\w*|exclu\w*|elimin\w*|apag\w*|tir\w*
halt    parem|parar|pare|chega|basta|cessem|deixem-me em paz|me deixem em paz
send    mensage(?:m|ns)|escrev\w*|envi\w*|mand\w*|contact\w*|contat\w*|correio|incomod\w*|propaganda
no      não|nao|nunca|nenhum\w*|nada|nem
mine    me|nos|(?:o )?meu (?:e-?mail|endereço|contato|contacto|nome|cadastro)|(?:os )?meus dados
mine    d[ae]s? (?:sua |vossa |suas )?listas?|do cadastro
want    quero|queremos|desejo|gostaria
get     receber|ser
around  mais|de|os|as|sua|seu|vossa|esta|este|estes|e|que|sem interesse
polite  por favor|obrigad[oa]|favor|por gentileza|solicito|peço|olá|cumprimentos|att
alone   sair|remover|excluir

Dutch
leave   afmeld(?:en|ing)|uitschrijv(?:en|ing)|uitgeschreven(?: worden)?
leave   (?:meld|schrijf)t? (?:me|mij|ons) (?:a\.?u\.?b\.? )?(?:\w+ ){0,3}(?:af|uit)
leave   haal (?:me|mij|ons) (?:er ?)?af
drop    verwijder\w*|haal|wis|schrap
halt    stoppen|ophouden|hou(?:d)?(?: er)?(?: mee)? op|genoeg|laat me met rust
send    mailen|mailtjes|berichten|schrij[vf]\w*|sturen|stuur|contact(?:eren)?|nieuwsbrie\w+|reclame
send    benader\w*
no      geen|niet|nooit|niets
mine    mij|me|ons|mijn (?:e-?mail)?(?:adres|gegevens|naam|mail)
mine    (?:van|uit) (?:de |uw |jullie |deze )?(?:mailing|verzend|mail|adres)?(?:lijst|bestand)
want    wil|willen|wens|wensen
get     ontvangen|krijgen
around  meer|van|de|het|uw|jullie|deze|dit|ik|wij|we|met|verdere|en|of|langer|geen interesse|hiermee|ermee
polite  a\.?u\.?b\.?|alstublieft|graag|bedankt|dank u|dank je|alsjeblieft|dank|hallo|svp
alone   verwijderen

Swedish
leave   avregistrera|avprenumerera|avsluta(?: min)? prenumeration\w*|avanmäl\w*|avregistrering
drop    ta bort|radera|stryk|plocka bort
halt    stopp?|sluta(?: att)?|lämna mig i fred|låt mig vara|det räcker
send    e-?post|mejl(?:a|et|en)?|maila|meddelanden|skriv(?:a|er)?|skick(?:a|ar)|kontakt(?:a|er)?|utskick
send    nyhetsbrev|reklam
no      inte|inga|ingen|inget|aldrig|ej
mine    (?:till )?(?:mig|oss)|min (?:e-?post(?:adress)?|adress|mejl(?:adress)?|mail(?:adress)?)
mine    mina uppgifter|(?:från|ur) (?:er |din |den här )?(?:list\w*|sändlist\w*|utskick\w*|registret)
want    vill|önskar
get     ha|få
around  fler|mer|igen|från|er|jag|vi|att|och|längre|dessa|några|omedelbart
polite  tack|snälla|vänligen|hej|mvh|var god(?: och)?
alone   avsluta|slut|ta bort

Danish
leave   afmeld(?:es|ing|e)?|framelding|frameld|tag (?:mig|os) af(?: list\w*)?
drop    fjern|slet
halt    stop(?: med(?: at)?)?|stoppe?|hold op(?: med at)?|lad mig være(?: i fred)?
send    maile|beskeder|skriv(?:e|er)?|send(?:e|er)?|kontakt(?:e|er)?|nyhedsbrev\w*|reklamer?|henvendelser
no      ikke|ingen|aldrig
mine    (?:til )?(?:mig|os)|min (?:e-?mail|mail|adresse|mailadresse|e-?mailadresse)|mine (?:oplysninger|data)
mine    (?:fra|af) (?:jeres |din |denne )?(?:list\w*|maillist\w*|mailinglist\w*|kartotek\w*)
want    vil|ønsker
get     have|få|modtage
around  flere|mere|fra|jer|de|disse|jeg|vi|at|og|længere|ikke interesseret|gerne
polite  tak|venligst|hej|mvh|vær venlig(?: at)?
alone   slet|fjern

Norwegian
leave   avmeld(?:es|ing|e)?|meld (?:meg|oss) (?:av|ut)|avslutt(?:e)? abonnement\w*
leave   ta (?:meg|oss) (?:av|bort|ut)(?: av)?(?: list\w*)?
drop    fjern|slett|stryk
halt    stopp?|stoppe|slutt(?:e)?(?: å| med å)?|la meg være(?: i fred)?
send    e-?post(?:er)?|maile|meldinger|utsendelse\w*|skriv(?:e|er)?|send(?:e|er)?|kontakt(?:e|er)?|nyhetsbrev
send    reklame|henvendelser
no      ikke|ingen|aldri
mine    (?:til )?(?:meg|oss)|min (?:e-?post(?:adresse)?|adresse|mail)|mine (?:opplysninger|data)
mine    (?:fra|av) (?:deres |din |denne )?(?:list\w*|e-?postlist\w*|mailinglist\w*)(?: deres)?
want    vil|ønsker
get     ha|få|motta
around  flere|mer|mere|fra|dere|de|disse|jeg|vi|å|og|lenger|ikke interessert
polite  takk|vennligst|hei|mvh|vær så snill|vær vennlig
alone   slutt|fjern

Finnish
leave   peru(?:uttakaa|uttaa|uta|kaa|utus|n|a)? (?:tilau\w*|uutiskirje\w*)|peruutan tilauksen
leave   tilauksen peruutus|ota(?:kaa)? minut pois(?: listalta)?
drop    poista(?:kaa|isitteko)?
halt    lopeta|lopettakaa|riittää|jättäkää minut rauhaan
send    viestejä|postit\w*|viestit|viesti|sähköposti\w*|postia|maileja|meilejä|meilit|lähettä\w*|lähetä
send    kirjoit\w*|yhteyttä|ottako|uutiskirje\w*|mainok\w*|roskapost\w*
no      ei|älkää|älä|en|emme
mine    osoite|minut|minua|minulle|meidät|meille|osoitteeni|sähköpostiosoitteeni|tietoni|\w*listalta(?:nne)?
mine    rekisteristä\w*
want    halua|haluan|haluamme
get     saada
around  enää|enempää|lisää|teidän|pois|nämä|näitä|muita|ja|heti
polite  kiitos|ystävällisesti|pyydän|hei|terveisin|olkaa hyvä
alone   peruuta|peru|poista

Polish
leave   wypis\w*(?: mnie| nas)?|rezygnuj\w*|rezygnacja|anuluj\w* subskrypcj\w*|wyrejestr\w*
drop    usu[ńn]\w*|skreśl\w*|wykreśl\w*|skasuj\w*
halt    przesta[ńnćj]\w*|dość|dajcie mi spokój
send    e-?mail\w*|mail\w*|wiadomości|pisać|pisz\w*|pisa\w*|pisania|wysyła\w*|przysyła\w*|kontakt\w*|spamu
send    reklam\w*
no      nie|żadnych|nigdy|ani|bez
mine    (?:do )?mnie|mi|nas|nam|mój (?:adres\w*|e-?mail\w*)|moje dane
mine    z (?:waszej |tej |państwa |swojej )?(?:listy|bazy)(?: mailingowej| adresowej)?
want    chcę|chcemy|życzę
get     otrzymywać|dostawać
around  więcej|już|do|z|tych|tego|sobie|się|zainteresowan[ya]|o|i|dalszych
polite  prosz[ęe]|dzięk\w+|pozdrawiam|uprzejmie|dzień dobry
alone   usunąć|koniec

Czech, Slovak
leave   odhl[áa][sš]\w*|(?:zruš\w*|zrušte) (?:odběr|odber)\w*
leave   (?:nepiš|neposíl|neposiel|nekontakt|nezasíl|neobtěžuj)\w*
drop    odstra[ňn]\w*|vymaž\w*|smaž\w*|vyřa[ďd]\w*
halt    přesta[ňn]\w*|presta[ňn]\w*|dost|dejte mi pokoj
send    e-?mail\w*|mail\w*|zpráv\w*|správ\w*|newsletter\w*|psát|posílat|psaním|dostávat
no      ne|žádné|nikdy|nechci|nechceme|žiadne
mine    mě|mne|ma|mi|nám|nás|moji (?:e-?mailovou )?adresu|můj (?:e-?mail|kontakt)|moje údaje
mine    ze? (?:vašeho |toho |tohoto |vašej )?(?:seznamu|databáze|zoznamu)
want    chci|chceme|přeji
around  už|odběr|odber|více|viac|další|ďalšie|od|vás|si|znovu|nic|a|příště
polite  prosím|prosim|děkuj\w*|díky|dík|ďakujem|vďaka|dobrý den|zdravím
alone   konec|smazat

Russian, Ukrainian
leave   отпи(?:са|ши|сы|ск)\w*|відпи(?:са|ш|су|ск)\w*|(?:отмен\w+|скасу\w+) (?:мою )?(?:подписк|підписк)\w*
leave   отказ\w* от рассылки
drop    удали\w*|исключи\w*|уберите|убери|вычеркн\w*|видал\w*|прибер\w*
halt    стоп|хватит|прекрат\w*|довольно|перестан\w*|досить|припин\w*|отстаньте|оставьте меня в покое|годі
send    пиш\w+|писать|писем|письма|письмами|слать|шлите|присыл\w*|отправл\w*|рассылк[уи]|сообщени\w*|писати
send    листів|листи|надсила\w*|спам\w*|беспоко\w*|реклам\w*|мейл\w*|имейл\w*|связыва\w*
no      не|нет|никаких|никогда|ні|ніяких|без
mine    (?:к )?(?:меня|мне|нас|нам)|(?:мой|этот) (?:адрес|e-?mail|имейл|емейл|контакт)|мои данные|мене|мені
mine    мою адресу
mine    (?:из|со|с|від|зі?) (?:(?:вашего|вашей|этого|этой|вашої) )?(?:спис\w+|базы|рассылки|розсилки)
want    хочу|хотим|желаю|желаем|хочемо
get     получать|отримувати
around  больше|надо|нужно|от|вас|вашей|эти|это|я|мы|и|ещё|еще|більше|впредь|свои|ваши|ваших|сразу|немедленно
around  не интересует
polite  пожалуйста|спасибо|прошу|дякую|будь ласка|здравствуйте|благодарю|просьба
alone   удалить|отмена

Greek
leave   διαγραφή|απεγγραφή|(?:δια|απεγ)γράψτε με|διαγράψετε με|κατάργηση εγγραφής|(?:θέλω να )?διαγραφώ
drop    αφαιρέστε|αφαίρεση|διαγράψτε|διαγράψετε|βγάλτε|σβήστε
halt    σταματήστε|σταμάτα|σταματήσετε|αρκετά|φτάνει|στοπ|παύστε
send    μηνύματα|μήνυμα|γράφετε|(?:ξανα)?γράψετε|στέλνετε|(?:ξανα)?στείλετε|επικοινωνείτε|ενοχλείτε
send    ενημερωτικά|αποστολή
no      μη|μην|όχι|δεν|ποτέ|κανένα
mine    με|μου|μας|(?:τη )?διεύθυνσή μου|(?:το )?(?:e-?mail|όνομά) μου|στοιχεία μου
mine    από (?:τη |την )?λίστα(?: σας)?
want    θέλω|θέλουμε|επιθυμώ|ήθελα
get     λαμβάνω|λαμβάνουμε|παίρνω
around  άλλα|άλλο|πια|πλέον|ξανά|να|θα|σας|τα|και|αυτά
polite  παρακαλώ(?: πολύ)?|ευχαριστώ|γεια σας|καλημέρα

Turkish
leave   abonelikten (?:çık|ayrıl)(?!may)\w*|abone\w+ iptal(?: e[dt]\w*)?|üyeli\w* iptal(?: e[dt]\w*)?
leave   liste\w*den (?:çık|sil)(?!m[ae]y)\w*|(?:yazma|gönderme|atma)(?:yın|yınız)?
drop    (?:çıkar|sil|kaldır)(?!m[ae]y)\w*
halt    dur|durun|yeter|rahat bırakın
send    e-?posta\w*|mail\w*|mesaj\w*|ileti\w*|reklam\w*
no      istemiyor\w*
mine    beni|bana|bizi|bize|adresimi|e-?posta adresimi|bilgilerimi|liste\w*den|kaydımı
around  artık|bir daha|istiyorum|başka|bu|daha fazla|bundan sonra|almak|ve
polite  lütfen|teşekkür\w*|merhaba|sağ olun
alone   iptal

Hungarian
leave   leiratkoz\w*|iratkozz\w* le|ne (?:írj|küldj|keress)\w*|vegy\w* le
drop    töröl[jt]\w*|törlés|távolíts\w*
halt    elég|állj|hagyj\w* (?:abba|békén)
send    e-?mail\w*|level\w*|üzenet\w*|hírlev\w*
no      ne|nem|semmi|soha
mine    engem|nekem|a címemet|(?:az )?adataimat|a? ?list\w+r[óo]l|minket
want    szeretnék|akarok|kérek
get     kapni
around  többet|több|többé|a|az|már|és
polite  kérem|kérném|köszönöm|legyen szíves|kösz|üdv|üdvözlettel

Romanian
leave   (?:(?:să )?mă )?dezabon\w*(?:-mă)?|anul\w+ abonament\w*
drop    (?:[șs]terge\w*|elimina\w*|scoate\w*)(?:-mă)?
halt    opriți(?:-vă)?|opriti|încetați|ajunge|destul
send    mesaj\w*|scri\w+|trimite\w*|contacta\w*|reclame|emailuri
no      nu|niciun|niciodată|nu-mi|fără
mine    mă|mi|îmi|adresa mea|datele mele|(?:de pe|din) (?:listă|lista)(?: dumneavoastră| voastră)?
want    vreau|doresc|dorim
get     primesc|primi
around  mai|de|la|să|a|alte|și
polite  vă rog|va rog|mulțumesc|multumesc|te rog|bună ziua

Croatian, Serbian, Slovene
leave   odjav\w*|otkaž\w* pretplatu|ne (?:piš|šalj|pošilja)\w*|prekliči\w* naročnino
drop    ukloni\w*|izbriš\w*|obriš\w*|odstran\w*|makni\w*
halt    prestani\w*|dosta|dovolj|nehajte
send    poruk\w*|pisat\w*|sporočil\w*|slati|kontaktir\w*
no      ne|nikada|nema|nobenih|nikoli|nemojte
mine    me|mi|mene|nas|moju adresu|moje podatke|sa? (?:vaše \w+ |vašeg )?(?:popisa|liste|seznama)|moj naslov
want    želim
get     primati|prejemati
around  više|vise|već|več
polite  molim|hvala|prosim|pozdrav

Japanese
leave   (?:配信|登録|購読|メール|メルマガ|案内)(?:の|を|は)?(?:配信)?(?:を)?(?:停止|解除|不要|拒否|解約|中止)
leave   (?:メールマガジン|送信|ニュースレター)(?:の|を|は)?(?:配信)?(?:を)?(?:停止|解除|不要|拒否|解約|中止)
leave   (?:メール|メルマガ|連絡|案内|配信|これ以上)?(?:を|は)?(?:送ら|送信し|配信し|連絡し)ないで
leave   (?:メール|連絡|配信|案内)(?:を|は)?(?:やめて|止めて|しないで)|退会
drop    削除
halt    停止|解除|やめて|止めて
send    メール|メルマガ|配信|連絡|案内|送信
no      不要|いりません|要りません|結構|必要ありません|いらない
mine    (?:私の)?(?:メール)?アドレス|(?:リスト|名簿)から
around  もう|今後|これ以上|は|を|の|して|です|ます|した|希望|し|一切|この
polite  お願い(?:し|いたし|致し)?(?:ます)?|ください|下さい|すみません|ありがとうございます|至急|どうか

Chinese
leave   退订|退訂|取消(?:订阅|訂閱)|拒收|停止(?:发送|發送|订阅|訂閱)
leave   (?:不要|别|別|勿)再?(?:给我|給我|向我)?(?:发|發|寄|发送|發送|联系我|聯絡我|打扰我|打擾我)
drop    删除|刪除|移除
halt    停止
send    邮件|郵件|电邮|電郵|信息|信|消息|广告|廣告
no      不要|不想|不需要|拒绝|拒絕|不再
mine    我的?(?:地址|邮箱|郵箱)?
around  再|了|吧|给|給|这些|這些|任何|来|來|收到|接收|想|要|以后|以後
polite  请|請|谢谢|謝謝|麻烦|麻煩|您好|你好

Korean
leave   수신을? ?(?:거부|중단|중지|해지)|구독을? ?(?:취소|해지|중지)
leave   (?:(?:메일|이메일|연락)(?:을|를|은)? ?)?(?:더 ?이상 ?)?(?:보내지|연락하지) ?(?:마|말)\w*
leave   그만 ?보내\w*
drop    삭제
halt    그만|중지|중단
send    메일|이메일|연락|수신|광고|뉴스레터
no      거부|원하지 ?않\w*|싫\w*|필요 ?없\w*|받고 ?싶지 ?않\w*
mine    저를|제|주소|(?:목록|명단|리스트)에서
around  더 ?이상|이제|합니다|해 ?주세요|하겠습니다|주세요|요|을|를|은|는|하세요|할게요|신청
polite  부탁(?:드립니다|합니다)?|감사합니다|제발|안녕하세요|바랍니다

Arabic
leave   (?:إلغاء|الغاء) (?:الاشتراك|اشتراكي)|لا ترسل\w*
drop    احذف\w*|إزالة
halt    توقف\w*|كفى|أوقف\w*
send    رسائل|الرسائل|بريد|إيميل\w*
no      لا|بدون
mine    لي|عنواني|اسمي|بريدي|بياناتي|من (?:القائمة|قائمتكم)
want    أريد|أرغب
get     تلقي|استلام
around  أي|المزيد|من|بعد الآن|مرة أخرى|هذه|في
polite  من فضلك|من فضلكم|شكرا|شكراً|رجاء|رجاءً|الرجاء

Hebrew
leave   (?:ת?הסירו?|הסר|להסיר) אותי|הסרה|ביטול (?:מנוי|הרשמה)|אל (?:תשלחו|תכתבו)
drop    מחקו?|הסירו?
halt    הפסיקו?|תפסיקו|די|מספיק
send    מיילים|הודעות|מייל|דואר|לשלוח|לכתוב
no      לא|בלי|ללא
mine    לי|אותי|(?:את )?הכתובת שלי|מהרשימה|מרשימת התפוצה
want    רוצה
get     לקבל
around  יותר|עוד
polite  בבקשה|תודה|נא|שלום
""")
