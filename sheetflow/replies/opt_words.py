"""The words that a wish to get no more mail is made of, language by language, as regular expressions.

Words that people use in ordinary answers too are missing on purpose: one unknown word makes a text a reply.
So are prepositions: "stop in", "stop at ours".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """Each line holds alternatives."""

    leave: str  # says it all: "unsubscribe"
    drop: str  # says it of what is `mine`: "remove me"
    halt: str  # "stop", unless it is asked or denied
    send: str  # what should end: "mails", "write"; only beside a no
    no: str
    mine: str  # the person, the address, "from your list"
    want: str
    get: str  # only of what is wanted: "I don't receive mails" is something else
    around: str  # what may stand beside these
    polite: str
    alone: str = ""  # a wish if nothing but a polite word stands beside it: "end", Spanish "baja"


# Understood in every language.
EVERYWHERE = Vocabulary(
    leave=r"unsub(?:scribe[sd]?|scribing|scription)?|opt(?:ing|ed)?[ -]?(?:me )?out",
    drop="",
    halt=r"stop+",
    send=r"e-?mails?|mails?|newsletters?|spam|messages?",
    no="",
    mine="",
    want="",
    get="",
    around="",
    polite=r"please|pls|plz|thanks|thank you|thx|ok|okay",
    alone=r"quit|end|remove|delete",
)

LANGUAGES = (
    Vocabulary(  # English
        leave=r"""
            cancel (?:my |the |this )?subscription|unlist me
            (?:take|get) (?:me|us|my (?:e-?mail )?(?:address|name)) (?:off|out of) (?:\w+ ){0,2}lists?
            (?:take|get) (?:me|us) off|be (?:removed|unsubscribed|deleted|taken off)
        """,
        drop=r"remove|delete|erase|strike|drop",
        halt=r"stop(?:ped)?|quit(?= \w+ing)|cease|enough|leave me alone",
        send=r"""
            e-?mail(?:s|ing)?|mail(?:s|ing)?|writ(?:e|ing)|contact(?:ing)?|messag(?:es?|ing)
            send(?:ing)?|spam(?:ming)?|bother(?:ing)?|harass(?:ing)?|communications?|reminders?
            follow[ -]ups?
        """,
        no=r"don'?t|do not|no more|no longer|no further|not|no|never|any ?more",
        mine=r"""
            (?:to )?(?:me|us)
            (?:my|this) (?:e-?mail )?(?:address|name|details|data|e-?mail|info|information)
            (?:from|off|out of|to) (?:(?:the|your|this|all) )?(?:(?:e-?)?mail(?:ing)? )?(?:lists?|database)
        """,
        want=r"want|wish|like|desire",
        get=r"get|receive|getting|receiving|hear(?: from you)?|be (?:contacted|e-?mailed|sent)",
        around=r"""
            not interested(?: any ?more)?|(?:this|it) is spam|i am
            the|your|this|that|these|those|it|all|any|anything|from|of|to|now|immediately|again|i|i'd|i'm|we
            would|could|can
            you|and|or|further|more|how|do|ever|just|such|kindly|already|at (?:once|all)|for (?:good|ever)
            in (?:the )?future|be
        """,
        polite=r"sorry|kindly|regards|cheers|hi|hello|hey|asap",
    ),
    Vocabulary(  # German
        leave=r"""
            (?:um )?abmeld(?:en|ung)|abbestell(?:en|e|t|ung)|austragen|abgemeldet werden|abo kündigen
            (?:meld|trag)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:\w+ ){0,3}(?:ab|aus)(?! und zu)
            (?:nehm|streich)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:raus|heraus)
        """,
        drop=r"lösch\w*|entfern\w*|nehm\w*|streich\w*|raus|heraus",
        halt=r"""
            stopp?|stoppen|aufhören|unterlass\w*|hör(?:en|t)?(?: sie| ihr)?(?: bitte)? auf|schluss|genug
            lass(?:en|t)?(?: sie)? mich(?: bitte)? in (?:ruhe|frieden)
        """,
        send=r"""
            post|nachrichten?|(?:zu )?schreib\w*|angeschrieben|(?:zu )?kontaktier\w*|(?:zu )?send\w*
            (?:zu )?schick\w*
            zusend\w*|werbung|zuschriften|belästig\w*|anschreiben|mailen|mailt|infomails?|werbemails?
        """,
        no=r"keine?[rnms]?|nicht|nie|nichts",
        mine=r"""
            mich|mir|uns|(?:an )?(?:meine|diese) (?:e-?mail-?)?(?:adresse|daten|mail)|mail-?adresse
            (?:aus|von) (?:d|ihr|eur|dies)e[mr] (?:e-?mail-?|mailing-?)?(?:verteiler|liste|datenbank)
            vom (?:e-?mail-?)?verteiler|vom newsletter
        """,
        want=r"möchten?|will|wollen|wünschen?",
        get=r"erhalten|bekommen|haben|kriegen",
        around=r"""
            mehr|weiter|weitere[nrs]?|sie|ihr|ich|wir|von|ihnen|euch|der|dem|den|die|diese[rnm]?|ihre[rnm]?
            zukünftig
            in zukunft|künftig|ab sofort|sofort|damit|das|wieder|und|oder|kein interesse|per|endlich|alle
        """,
        polite=r"bitte|danke|vielen dank|gruß|grüße|mfg|hallo",
        alone=r"löschen|entfernen|streichen",
    ),
    Vocabulary(  # French
        leave=r"""
            (?:me |m'|se )?d[ée]sabonne\w*(?:[- ]moi)?|(?:me |m'|se )?d[ée]sinscri\w*(?:[- ]moi)?
            désabonnement|(?:retire[rz]?|supprime[rz]?|efface[rz]?|enl[eè]ve[rz]?|radie[rz]?)-moi
            résili(?:er|ez) mon abonnement
        """,
        drop=r"retire[rz]?|supprime[rz]?|efface[rz]?|enl[eè]ve[rz]?|radie[rz]?",
        halt=r"stop+|stoppez|arr[êe]te[rz]?|cesse[rz]?|assez|laissez-moi tranquille|ça suffit",
        send=r"""
            (?:m')?écri\w+|ecri\w+|(?:d')?envo\w+|courriels?|contacte[rz]?|contacté|relance\w*|sollicit\w*
            publicité
        """,
        no=r"ne|n'|pas|plus d(?:e\b|')|plus|jamais|aucune?|rien",
        mine=r"""
            moi|me|m'|nous|mon (?:adresse|e-?mail|mail|nom|contact)|mes (?:données|coordonnées)
            d(?:e|es) (?:la |votre |vos |cette |ces )?listes?(?: de diffusion)?
        """,
        want=r"veux|voulons|souhaite|souhaitons|désire|voudrais",
        get=r"recevoir|reçevoir|avoir|être",
        around=r"""
            de|d'|du|des|la|le|les|l'|votre|vos|ces|cette|cet|ce|je|j'|merci de|et|ni|tous|tout de suite
            maintenant|pas intéressée?
        """,
        polite=r"""
            s'?il vous pla[îi]t|svp|stp|merci(?: d'avance)?|veuillez|bonjour|cordialement|prière de
            bien vouloir
        """,
        alone=r"arrête|supprimer",
    ),
    Vocabulary(  # Spanish
        leave=r"""
            (?:d[eé]n?)?(?:dar)?(?:me|nos)? de baja|desuscri\w*|desuscripci[óo]n
            (?:b[óo]rr|elim[ií]n|qu[ií]t|s[áa]qu)\w*[ea]n?me
            (?:cancelar|anular|cancelen|cancele) (?:la |mi |esta )?suscripci[óo]n|baja de la lista
        """,
        drop=r"b[óo]rr[ae]\w*|elim[ií]n\w*|qu[ií]t[ae]\w*|s[áa]qu\w*|suprim\w*",
        halt=r"paren|basta(?: ya)?|dejen|deje|cesen|suficiente|déjenme en paz",
        send=r"correos?|mensajes?|escrib\w+|env[íi]\w+|contact\w+|mand\w+|publicidad|molest\w+",
        no=r"no|nunca|jamás|ning[uú]n\w*|ni",
        mine=r"""
            me|nos|mi (?:direcci[óo]n|correo|e-?mail|cuenta|nombre)|mis datos
            de (?:la |su |esta |sus )?listas?(?: de correos?)?|del (?:boletín|listado)
        """,
        want=r"quiero|queremos|deseo|deseamos|quisiera",
        get=r"recibir|ser",
        around=r"m[áa]s|de|la|el|los|las|su|sus|esta|este|estos|ya|y|que|no me interesa|vuelvan a|vuelva a",
        polite=r"por favor|favor|gracias|muchas gracias|saludos|hola|solicito",
        alone=r"baja|para|pare|borrar|eliminar",
    ),
    Vocabulary(  # Italian
        leave=r"""
            disiscri\w*|(?:cancell|elimin|rimuov|togli)\w*(?:mi|ci)|mi cancelli|cancellazione|disdetta
            (?:annulla|cancella)(?:re|te)? (?:la mia |l')?iscrizione
        """,
        drop=r"cancell\w*|elimin\w*|rimuov\w*|togli\w*|depenn\w*",
        halt=r"smett\w+|basta|piantatela|finitela|lasciatemi in pace",
        send=r"messagg[io]|scriv\w+|invi\w+|mandat\w+|mandar\w*|contatt\w+|posta|pubblicità|disturb\w+",
        no=r"non|niente|nessun\w*|mai|né",
        mine=r"""
            mi|ci|me|(?:il )?mio (?:indirizzo|contatto|nome)|(?:la )?mia (?:e-?mail|mail)|i miei dati
            dall[ae] (?:vostr[ae] |tua )?(?:list[ae]|mailing list)|dall'elenco|dal database
        """,
        want=r"voglio|vogliamo|vorrei|desidero|desideriamo",
        get=r"ricevere|ricevervi|essere",
        around=r"""
            più|di|la|il|le|lo|l'|vostra|vostre|vostro|questa|queste|questo|e|altre|altri|altro|subito|ora
            non mi interessa
        """,
        polite=r"""
            per favore|grazie|per cortesia|cortesemente|saluti|cordiali saluti|buongiorno|prego|si prega di
        """,
    ),
    Vocabulary(  # Portuguese
        leave=r"""
            (?:remov|retir|exclu|elimin|apagu|tir)\w*-me|(?:me )?descadastr\w*(?:-me)?|(?:me )?desinscre\w*
            desubscrever|sair da (?:sua |vossa )?lista
            (?:cancelar|anular|cancelem) (?:a )?(?:minha )?(?:assinatura|inscriç[ãa]o|subscriç[ãa]o)
        """,
        drop=r"remov\w*|retir\w*|exclu\w*|elimin\w*|apag\w*|tir\w*",
        halt=r"parem|parar|pare|chega|basta|cessem|deixem-me em paz|me deixem em paz",
        send=r"""
            mensage(?:m|ns)|escrev\w*|envi\w*|mand\w*|contact\w*|contat\w*|correio|incomod\w*|propaganda
        """,
        no=r"não|nao|nunca|nenhum\w*|nada|nem",
        mine=r"""
            me|nos|(?:o )?meu (?:e-?mail|endereço|contato|contacto|nome|cadastro)|(?:os )?meus dados
            d[ae]s? (?:sua |vossa |suas )?listas?|do cadastro
        """,
        want=r"quero|queremos|desejo|gostaria",
        get=r"receber|ser",
        around=r"mais|de|os|as|sua|seu|vossa|esta|este|estes|e|que|sem interesse",
        polite=r"por favor|obrigad[oa]|favor|por gentileza|solicito|peço|olá|cumprimentos|att",
        alone=r"sair|remover|excluir",
    ),
    Vocabulary(  # Dutch
        leave=r"""
            afmeld(?:en|ing)|uitschrijv(?:en|ing)|uitgeschreven(?: worden)?
            (?:meld|schrijf)t? (?:me|mij|ons) (?:a\.?u\.?b\.? )?(?:\w+ ){0,3}(?:af|uit)
            haal (?:me|mij|ons) (?:er ?)?af
        """,
        drop=r"verwijder\w*|haal|wis|schrap",
        halt=r"stop+|stoppen|ophouden|hou(?:d)?(?: er)?(?: mee)? op|genoeg|laat me met rust",
        send=r"""
            mailen|mailtjes|berichten|schrij[vf]\w*|sturen|stuur|contact(?:eren)?|nieuwsbrie\w+|reclame
            benader\w*
        """,
        no=r"geen|niet|nooit|niets",
        mine=r"""
            mij|me|ons|mijn (?:e-?mail)?(?:adres|gegevens|naam|mail)
            (?:van|uit) (?:de |uw |jullie |deze )?(?:mailing|verzend|mail|adres)?(?:lijst|bestand)
        """,
        want=r"wil|willen|wens|wensen",
        get=r"ontvangen|krijgen",
        around=r"""
            meer|van|de|het|uw|jullie|deze|dit|ik|wij|we|met|verdere|en|of|langer|geen interesse|hiermee
            ermee
        """,
        polite=r"a\.?u\.?b\.?|alstublieft|graag|bedankt|dank u|dank je|alsjeblieft|dank|hallo|svp",
        alone=r"verwijderen",
    ),
    Vocabulary(  # Swedish
        leave=r"avregistrera|avprenumerera|avsluta(?: min)? prenumeration\w*|avanmäl\w*|avregistrering",
        drop=r"ta bort|radera|stryk|plocka bort",
        halt=r"stopp?|sluta(?: att)?|lämna mig i fred|låt mig vara|det räcker",
        send=r"""
            e-?post|mejl(?:a|et|en)?|maila|meddelanden|skriv(?:a|er)?|skick(?:a|ar)|kontakt(?:a|er)?|utskick
            nyhetsbrev|reklam
        """,
        no=r"inte|inga|ingen|inget|aldrig|ej",
        mine=r"""
            (?:till )?(?:mig|oss)|min (?:e-?post(?:adress)?|adress|mejl(?:adress)?|mail(?:adress)?)
            mina uppgifter
            (?:från|ur) (?:er |din |den här )?(?:list\w*|sändlist\w*|utskick\w*|registret)
        """,
        want=r"vill|önskar",
        get=r"ha|få",
        around=r"fler|mer|igen|från|er|jag|vi|att|och|längre|dessa|några|omedelbart",
        polite=r"tack|snälla|vänligen|hej|mvh|var god(?: och)?",
        alone=r"avsluta|slut|ta bort",
    ),
    Vocabulary(  # Danish
        leave=r"afmeld(?:es|ing|e)?|framelding|frameld|tag (?:mig|os) af(?: list\w*)?",
        drop=r"fjern|slet",
        halt=r"stop(?: med(?: at)?)?|stoppe?|hold op(?: med at)?|lad mig være(?: i fred)?",
        send=r"""
            maile|beskeder|skriv(?:e|er)?|send(?:e|er)?|kontakt(?:e|er)?|nyhedsbrev\w*|reklamer?
            henvendelser
        """,
        no=r"ikke|ingen|aldrig",
        mine=r"""
            (?:til )?(?:mig|os)|min (?:e-?mail|mail|adresse|mailadresse|e-?mailadresse)
            mine (?:oplysninger|data)
            (?:fra|af) (?:jeres |din |denne )?(?:list\w*|maillist\w*|mailinglist\w*|kartotek\w*)
        """,
        want=r"vil|ønsker",
        get=r"have|få|modtage",
        around=r"flere|mere|fra|jer|de|disse|jeg|vi|at|og|længere|ikke interesseret|gerne",
        polite=r"tak|venligst|hej|mvh|vær venlig(?: at)?",
        alone=r"slet|fjern",
    ),
    Vocabulary(  # Norwegian
        leave=r"""
            avmeld(?:es|ing|e)?|meld (?:meg|oss) (?:av|ut)|avslutt(?:e)? abonnement\w*
            ta (?:meg|oss) (?:av|bort|ut)(?: av)?(?: list\w*)?
        """,
        drop=r"fjern|slett|stryk",
        halt=r"stopp?|stoppe|slutt(?:e)?(?: å| med å)?|la meg være(?: i fred)?",
        send=r"""
            e-?post(?:er)?|maile|meldinger|utsendelse\w*|skriv(?:e|er)?|send(?:e|er)?|kontakt(?:e|er)?
            nyhetsbrev|reklame
            henvendelser
        """,
        no=r"ikke|ingen|aldri",
        mine=r"""
            (?:til )?(?:meg|oss)|min (?:e-?post(?:adresse)?|adresse|mail)|mine (?:opplysninger|data)
            (?:fra|av) (?:deres |din |denne )?(?:list\w*|e-?postlist\w*|mailinglist\w*)(?: deres)?
        """,
        want=r"vil|ønsker",
        get=r"ha|få|motta",
        around=r"flere|mer|mere|fra|dere|de|disse|jeg|vi|å|og|lenger|ikke interessert",
        polite=r"takk|vennligst|hei|mvh|vær så snill|vær vennlig",
        alone=r"slutt|fjern",
    ),
    Vocabulary(  # Finnish
        leave=r"""
            peru(?:uttakaa|uttaa|uta|kaa|utus|n|a)? (?:tilau\w*|uutiskirje\w*)|peruutan tilauksen
            tilauksen peruutus
            ota(?:kaa)? minut pois(?: listalta)?
        """,
        drop=r"poista(?:kaa|isitteko)?",
        halt=r"lopeta|lopettakaa|riittää|jättäkää minut rauhaan",
        send=r"""
            viestejä|postit\w*|viestit|viesti|sähköposti\w*|postia|maileja|meilejä|meilit|lähettä\w*|lähetä
            kirjoit\w*
            yhteyttä
            ottako|uutiskirje\w*|mainok\w*|roskapost\w*
        """,
        no=r"ei|älkää|älä|en|emme",
        mine=r"""
            osoite|minut|minua|minulle|meidät|meille|osoitteeni|sähköpostiosoitteeni|tietoni
            \w*listalta(?:nne)?
            rekisteristä\w*
        """,
        want=r"halua|haluan|haluamme",
        get=r"saada",
        around=r"enää|enempää|lisää|teidän|pois|nämä|näitä|muita|ja|heti",
        polite=r"kiitos|ystävällisesti|pyydän|hei|terveisin|olkaa hyvä",
        alone=r"peruuta|peru|poista",
    ),
    Vocabulary(  # Polish
        leave=r"wypis\w*(?: mnie| nas)?|rezygnuj\w*|rezygnacja|anuluj\w* subskrypcj\w*|wyrejestr\w*",
        drop=r"usu[ńn]\w*|skreśl\w*|wykreśl\w*|skasuj\w*",
        halt=r"przesta[ńnćj]\w*|dość|dajcie mi spokój",
        send=r"""
            e-?mail\w*|mail\w*|wiadomości|pisać|pisz\w*|pisa\w*|pisania|wysyła\w*|przysyła\w*
            kontakt\w*|spamu|reklam\w*
        """,
        no=r"nie|żadnych|nigdy|ani|bez",
        mine=r"""
            (?:do )?mnie|mi|nas|nam|mój (?:adres\w*|e-?mail\w*)|moje dane
            z (?:waszej |tej |państwa |swojej )?(?:listy|bazy)(?: mailingowej| adresowej)?
        """,
        want=r"chcę|chcemy|życzę",
        get=r"otrzymywać|dostawać",
        around=r"więcej|już|do|z|tych|tego|sobie|się|zainteresowan[ya]|o|i|dalszych",
        polite=r"prosz[ęe]|dzięk\w+|pozdrawiam|uprzejmie|dzień dobry",
        alone=r"usunąć|koniec",
    ),
    Vocabulary(  # Czech, Slovak
        leave=r"""
            odhl[áa][sš]\w*|(?:zruš\w*|zrušte) (?:odběr|odber)\w*
            (?:nepiš|neposíl|neposiel|nekontakt|nezasíl|neobtěžuj)\w*
        """,
        drop=r"odstra[ňn]\w*|vymaž\w*|smaž\w*|vyřa[ďd]\w*",
        halt=r"přesta[ňn]\w*|presta[ňn]\w*|dost|dejte mi pokoj",
        send=r"e-?mail\w*|mail\w*|zpráv\w*|správ\w*|newsletter\w*|psát|posílat|psaním|dostávat",
        no=r"ne|žádné|nikdy|nechci|nechceme|žiadne",
        mine=r"""
            mě|mne|ma|mi|nám|nás|moji (?:e-?mailovou )?adresu|můj (?:e-?mail|kontakt)|moje údaje
            ze? (?:vašeho |toho |tohoto |vašej )?(?:seznamu|databáze|zoznamu)
        """,
        want=r"chci|chceme|přeji",
        get="",
        around=r"už|odběr|odber|více|viac|další|ďalšie|od|vás|si|znovu|nic|a|příště",
        polite=r"prosím|prosim|děkuj\w*|díky|dík|ďakujem|vďaka|dobrý den|zdravím",
        alone=r"konec|smazat",
    ),
    Vocabulary(  # Russian, Ukrainian
        leave=r"""
            отпи(?:са|ши|сы|ск)\w*|відпи(?:са|ш|су|ск)\w*
            (?:отмен\w+|скасу\w+) (?:мою )?(?:подписк|підписк)\w*
            отказ\w* от рассылки
        """,
        drop=r"удали\w*|исключи\w*|уберите|убери|вычеркн\w*|видал\w*|прибер\w*",
        halt=r"""
            стоп|хватит|прекрат\w*|довольно|перестан\w*|досить|припин\w*|отстаньте|оставьте меня в покое
            годі
        """,
        send=r"""
            пиш\w+|писать|писем|письма|письмами|слать|шлите|присыл\w*|отправл\w*|рассылк[уи]|сообщени\w*
            писати
            листів|листи|надсила\w*|спам\w*|беспоко\w*|реклам\w*|мейл\w*|имейл\w*|связыва\w*
        """,
        no=r"не|нет|никаких|никогда|ні|ніяких|без",
        mine=r"""
            (?:к )?(?:меня|мне|нас|нам)|(?:мой|этот) (?:адрес|e-?mail|имейл|емейл|контакт)|мои данные|мене
            мені|мою адресу
            (?:из|со|с|від|зі?) (?:(?:вашего|вашей|этого|этой|вашої) )?(?:спис\w+|базы|рассылки|розсилки)
        """,
        want=r"хочу|хотим|желаю|желаем|хочемо",
        get=r"получать|отримувати",
        around=r"""
            больше|надо|нужно|от|вас|вашей|эти|это|я|мы|и|ещё|еще|більше|впредь|свои|ваши|ваших|сразу
            немедленно
            не интересует
        """,
        polite=r"пожалуйста|спасибо|прошу|дякую|будь ласка|здравствуйте|благодарю|просьба",
        alone=r"удалить|отмена",
    ),
    Vocabulary(  # Greek
        leave=r"""
            διαγραφή|απεγγραφή|(?:δια|απεγ)γράψτε με|διαγράψετε με|κατάργηση εγγραφής|(?:θέλω να )?διαγραφώ
        """,
        drop=r"αφαιρέστε|αφαίρεση|διαγράψτε|διαγράψετε|βγάλτε|σβήστε",
        halt=r"σταματήστε|σταμάτα|σταματήσετε|αρκετά|φτάνει|στοπ|παύστε",
        send=r"""
            μηνύματα|μήνυμα|γράφετε|(?:ξανα)?γράψετε|στέλνετε|(?:ξανα)?στείλετε|επικοινωνείτε|ενοχλείτε
            ενημερωτικά|αποστολή
        """,
        no=r"μη|μην|όχι|δεν|ποτέ|κανένα",
        mine=r"""
            με|μου|μας|(?:τη )?διεύθυνσή μου|(?:το )?(?:e-?mail|όνομά) μου|στοιχεία μου
            από (?:τη |την )?λίστα(?: σας)?
        """,
        want=r"θέλω|θέλουμε|επιθυμώ|ήθελα",
        get=r"λαμβάνω|λαμβάνουμε|παίρνω",
        around=r"άλλα|άλλο|πια|πλέον|ξανά|να|θα|σας|τα|και|αυτά",
        polite=r"παρακαλώ(?: πολύ)?|ευχαριστώ|γεια σας|καλημέρα",
    ),
    Vocabulary(  # Turkish
        leave=r"""
            abonelikten (?:çık|ayrıl)(?!may)\w*|abone\w+ iptal(?: e[dt]\w*)?|üyeli\w* iptal(?: e[dt]\w*)?
            liste\w*den (?:çık|sil)(?!m[ae]y)\w*|(?:yazma|gönderme|atma)(?:yın|yınız)?
        """,
        drop=r"(?:çıkar|sil|kaldır)(?!m[ae]y)\w*",
        halt=r"dur|durun|yeter|rahat bırakın",
        send=r"e-?posta\w*|mail\w*|mesaj\w*|ileti\w*|reklam\w*",
        no=r"istemiyor\w*",
        mine=r"beni|bana|bizi|bize|adresimi|e-?posta adresimi|bilgilerimi|liste\w*den|kaydımı",
        want="",
        get="",
        around=r"artık|bir daha|istiyorum|başka|bu|daha fazla|bundan sonra|almak|ve",
        polite=r"lütfen|teşekkür\w*|merhaba|sağ olun",
        alone=r"iptal",
    ),
    Vocabulary(  # Hungarian
        leave=r"leiratkoz\w*|iratkozz\w* le|ne (?:írj|küldj|keress)\w*|vegy\w* le",
        drop=r"töröl[jt]\w*|törlés|távolíts\w*",
        halt=r"elég|állj|hagyj\w* (?:abba|békén)",
        send=r"e-?mail\w*|level\w*|üzenet\w*|hírlev\w*",
        no=r"ne|nem|semmi|soha",
        mine=r"engem|nekem|a címemet|(?:az )?adataimat|a? ?list\w+r[óo]l|minket",
        want=r"szeretnék|akarok|kérek",
        get=r"kapni",
        around=r"többet|több|többé|a|az|már|és",
        polite=r"kérem|kérném|köszönöm|legyen szíves|kösz|üdv|üdvözlettel",
    ),
    Vocabulary(  # Romanian
        leave=r"(?:(?:să )?mă )?dezabon\w*(?:-mă)?|anul\w+ abonament\w*",
        drop=r"(?:[șs]terge\w*|elimina\w*|scoate\w*)(?:-mă)?",
        halt=r"opriți(?:-vă)?|opriti|încetați|ajunge|destul",
        send=r"mesaj\w*|scri\w+|trimite\w*|contacta\w*|reclame|emailuri",
        no=r"nu|niciun|niciodată|nu-mi|fără",
        mine=r"mă|mi|îmi|adresa mea|datele mele|(?:de pe|din) (?:listă|lista)(?: dumneavoastră| voastră)?",
        want=r"vreau|doresc|dorim",
        get=r"primesc|primi",
        around=r"mai|de|la|să|a|alte|și",
        polite=r"vă rog|va rog|mulțumesc|multumesc|te rog|bună ziua",
    ),
    Vocabulary(  # Croatian, Serbian, Slovene
        leave=r"odjav\w*|otkaž\w* pretplatu|ne (?:piš|šalj|pošilja)\w*|prekliči\w* naročnino",
        drop=r"ukloni\w*|izbriš\w*|obriš\w*|odstran\w*|makni\w*",
        halt=r"prestani\w*|dosta|dovolj|nehajte",
        send=r"poruk\w*|pisat\w*|sporočil\w*|slati|kontaktir\w*",
        no=r"ne|nikada|nema|nobenih|nikoli|nemojte",
        mine=r"""
            me|mi|mene|nas|moju adresu|moje podatke|sa? (?:vaše \w+ |vašeg )?(?:popisa|liste|seznama)
            moj naslov
        """,
        want=r"želim",
        get=r"primati|prejemati",
        around=r"više|vise|već|več",
        polite=r"molim|hvala|prosim|pozdrav",
    ),
    Vocabulary(  # Japanese
        leave=r"""
            (?:配信|登録|購読|メール|メルマガ|メールマガジン|送信|ニュースレター|案内)(?:の|を|は)?(?:配信)?(?:を)?(?:停止|解除|不要|拒否|解約|中止)
            (?:メール|メルマガ|連絡|案内|配信|これ以上)?(?:を|は)?(?:送ら|送信し|配信し|連絡し)ないで
            (?:メール|連絡|配信|案内)(?:を|は)?(?:やめて|止めて|しないで)|退会
        """,
        drop=r"削除",
        halt=r"停止|解除|やめて|止めて",
        send=r"メール|メルマガ|配信|連絡|案内|送信",
        no=r"不要|いりません|要りません|結構|必要ありません|いらない",
        mine=r"(?:私の)?(?:メール)?アドレス|(?:リスト|名簿)から",
        want="",
        get="",
        around=r"もう|今後|これ以上|は|を|の|して|です|ます|した|希望|し|一切|この",
        polite=r"お願い(?:し|いたし|致し)?(?:ます)?|ください|下さい|すみません|ありがとうございます|至急|どうか",
    ),
    Vocabulary(  # Chinese
        leave=r"""
            退订|退訂|取消(?:订阅|訂閱)|拒收|停止(?:发送|發送|订阅|訂閱)
            (?:不要|别|別|勿)再?(?:给我|給我|向我)?(?:发|發|寄|发送|發送|联系我|聯絡我|打扰我|打擾我)
        """,
        drop=r"删除|刪除|移除",
        halt=r"停止",
        send=r"邮件|郵件|电邮|電郵|信息|信|消息|广告|廣告",
        no=r"不要|不想|不需要|拒绝|拒絕|不再",
        mine=r"我的?(?:地址|邮箱|郵箱)?",
        want="",
        get="",
        around=r"再|了|吧|给|給|这些|這些|任何|来|來|收到|接收|想|要|以后|以後",
        polite=r"请|請|谢谢|謝謝|麻烦|麻煩|您好|你好",
    ),
    Vocabulary(  # Korean
        leave=r"""
            수신을? ?(?:거부|중단|중지|해지)|구독을? ?(?:취소|해지|중지)
            (?:(?:메일|이메일|연락)(?:을|를|은)? ?)?(?:더 ?이상 ?)?(?:보내지|연락하지) ?(?:마|말)\w*
            그만 ?보내\w*
        """,
        drop=r"삭제",
        halt=r"그만|중지|중단",
        send=r"메일|이메일|연락|수신|광고|뉴스레터",
        no=r"거부|원하지 ?않\w*|싫\w*|필요 ?없\w*|받고 ?싶지 ?않\w*",
        mine=r"저를|제|주소|(?:목록|명단|리스트)에서",
        want="",
        get="",
        around=r"더 ?이상|이제|합니다|해 ?주세요|하겠습니다|주세요|요|을|를|은|는|하세요|할게요|신청",
        polite=r"부탁(?:드립니다|합니다)?|감사합니다|제발|안녕하세요|바랍니다",
    ),
    Vocabulary(  # Arabic
        leave=r"(?:إلغاء|الغاء) (?:الاشتراك|اشتراكي)|لا ترسل\w*",
        drop=r"احذف\w*|إزالة",
        halt=r"توقف\w*|كفى|أوقف\w*",
        send=r"رسائل|الرسائل|بريد|إيميل\w*",
        no=r"لا|بدون",
        mine=r"لي|عنواني|اسمي|بريدي|بياناتي|من (?:القائمة|قائمتكم)",
        want=r"أريد|أرغب",
        get=r"تلقي|استلام",
        around=r"أي|المزيد|من|بعد الآن|مرة أخرى|هذه|في",
        polite=r"من فضلك|من فضلكم|شكرا|شكراً|رجاء|رجاءً|الرجاء",
    ),
    Vocabulary(  # Hebrew
        leave=r"(?:ת?הסירו?|הסר|להסיר) אותי|הסרה|ביטול (?:מנוי|הרשמה)|אל (?:תשלחו|תכתבו)",
        drop=r"מחקו?|הסירו?",
        halt=r"הפסיקו?|תפסיקו|די|מספיק",
        send=r"מיילים|הודעות|מייל|דואר|לשלוח|לכתוב",
        no=r"לא|בלי|ללא",
        mine=r"לי|אותי|(?:את )?הכתובת שלי|מהרשימה|מרשימת התפוצה",
        want=r"רוצה",
        get=r"לקבל",
        around=r"יותר|עוד",
        polite=r"בבקשה|תודה|נא|שלום",
    ),
)
