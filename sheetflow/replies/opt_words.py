"""The words that a wish to get no more mail is made of, language by language, as regular expressions.

Words that people use in ordinary answers too are missing on purpose: one unknown word makes a text a reply.
So are prepositions: "stop in", "stop at ours".
"""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """Alternatives, a line or several for each field; a phrase stands before the word that it begins with."""

    leave: str = ""  # says it all: "unsubscribe"
    drop: str = ""  # says it of what is `mine`: "remove me"
    halt: str = ""  # "stop", unless it is asked or denied
    enough: str = ""  # the same of `mails` or writing; alone it may answer "how much"
    write: str = ""  # what should end: "contact"; only beside a no
    send: str = ""  # needs a `more` or `mails` too: "don't send me this" may be said of an invoice
    mails: str = ""  # needs a `more`, `want` or a polite word: "no mail" may mean that none came
    no: str = ""
    nomore: str = ""  # a `no` and a `more` in one
    more: str = ""
    mine: str = ""  # the person, the address, "from your list"
    want: str = ""
    get: str = ""  # only of what is wanted: "I don't receive mails" is something else
    have: str = ""  # only of what is wanted, too, and no wish without `mails`
    around: str = ""  # what may stand beside these
    polite: str = ""
    other: str = ""  # says something else in these words: "I don't write", "send it"
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
leave   unsub|un[ -]?su[bcs]\w{0,3}[ir][bdv]\w{0,4}|un[ -]?subscription|opt(?:ing|ed)?[ -]?(?:me )?out
halt    stop+
mails   e-?mails?|mails?|newsletters?|spam|messages?
polite  please|pls|plz|(?:no )?(?:thanks|thank you|thx)|ok|okay
alone   quit|end|remove|delete

English
leave   (?:cancel|end|terminate) (?:my |the |this )?subscription|unlist me|no more of (?:this|these)
leave   (?:cancel|end|(?:turn|switch) off) (?:the|these|all|your) (?:e-?mails|mails|messages|newsletters?)
leave   (?:take|get) (?:(?:me|us) )?o(?:ff|ff of|ut of) (?:(?:the|your|ur|this) )?(?:e?-?mail(?:ing)? )?lists?
leave   (?:be taken|want) o(?:ff|ut of) (?:the|your|ur|this) (?:e?-?mail(?:ing)? )?lists?
leave   (?:take|get) (?:me|us) off
leave   be (?:removed|unsubscribed|deleted|taken off)|unenroll|(?:don'?t|do not) consent
leave   (?:withdraw|revoke) my consent|object to (?:the )?(?:use|processing) of my (?:personal )?data
drop    remove|delete|erase|strike|drop|purge|lose|take(?= (?:my|this) (?:[\w-]+ ){1,2}(?:off|out of) )
halt    stop(?: it)?(?: with)?|(?:be|want (?:this|these|it)) stopped|make (?:it|this|them) stop
halt    quit(?= \w+ing)|cease|leave (?:me|us) (?:alone|in peace)|go away|enough of this|get lost
halt    (?:fuck|piss) off
enough  enough(?: with)?
halt    discontinue|refrain from|desist(?: from)?
write   writ(?:e|ing)|(?:e-?mail|mail|message|bother) (?:me|us)|contact(?:ing)?|spamming|harass(?:ing)?
write   e-?mailing|mailing|messaging
send    send(?:ing)?|bother(?:ing)?
mails   communications?|reminders?|follow[ -]ups?|stuff|junk
no      don'?t|do not|not|no|never|nothing
nomore  no more|no longer|no further
more    more|any ?more|longer|further|again|else|in (?:the )?future
mine    (?:to )?(?:me|us)
mine    my (?:e-?mail |personal |contact )?(?:address|name|details|data|e-?mail|info|information)
mine    this (?:e-?mail )?address|our (?:company|(?:e-?mail )?address|name|data)
mine    (?:from|off|out of|to) (?:(?:the|your|ur|this|that|all) )?(?:(?:e-?)?mail(?:ing)? )?lists?
mine    (?:from|off|out of) (?:(?:the|your|ur|this) )?(?:database|contacts|records|system)
want    want|wish|like|desire|rather
get     get|receive|getting|receiving|hear(?: from you)?|be (?:contacted|e-?mailed|sent)
around  (?:we are |we're )?not interested(?: in (?:this|it|your e?-?mails))?
around  (?:this|it) is (?:spam|unsolicited)
around  i am|the|your|ur|this|that|these
around  (?:(?:i|we) have )?no interest(?: in (?:this|it|these))?|those|it|all|any|wrong person
around  (?:you have |you've )?(?:got )?the wrong person|(?:i|we) don'?t know you|enough is enough
around  (?:i(?:'ve| have)?|we(?:'ve| have)?) (?:already )?(?:asked|told) you(?: (?:already|before|twice))?
around  (?:didn'?t|(?:did|have) not|haven'?t|never) (?:ask|request|subscri)\w*(?: (?:for|to))?
around  (?:didn'?t|(?:did|have) not|haven'?t|never) (?:sign(?:ed)? up|opt(?:ed)? in)(?: (?:for|to))?|anything
around  from|of|to|now|immediately|i|i'd|i'm|we|would|could|can|you|and|or|how|do|ever|just|such|kindly
around  already|at (?:once|all)|for (?:good|ever)|be
polite  sorry|kindly|regards|cheers|hi|hello|hey|asap
other   (?:send|e-?mail|mail|write) (?:it|that)|want (?:me|us) to|not (?:send|writ|mail)ing
other   (?:i|we)(?:'ll| will)? (?:stop|quit|cease)|(?:i|we) (?:can|could)
other   (?:i|we) (?:do not|don'?t|never) (?:(?:want|wish|like) to )?(?:write|send|e-?mail|mail|message)
other   (?:would|i'd|we'd) rather not (?:write|send|e-?mail|mail|message)

German
leave   (?:um )?abmeld(?:en|ung)|abbestell(?:en|e|t|ung)|austragen|abgemeldet werden
leave   (?:alle )?daten (?:bitte )?löschen|abo\w* kündigen|kündige (?:hiermit )?(?:das|mein) abo\w*
leave   meld\w* (?:(?:sie|ihr|ich|bitte) )*(?:mich|uns) (?:bitte )?(?:vom \w*(?:letter|verteiler) )?ab(?! und)
leave   trag\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:aus (?:der|ihrer) \w*liste )?aus
leave   sehen sie (?:bitte )?von weiteren (?:e-?mails|mails|nachrichten|zusendungen) ab
leave   widerspr[ei]ch\w* (?:ich )?(?:hiermit )?der (?:\w+ ){1,2}meiner (?:\w+ )?daten(?: (?:zu|für) \w+)?
leave   widerrufe (?:ich )?(?:hiermit )?meine (?:einwilligung|zustimmung)
leave   (?:nehm|streich)\w* (?:(?:sie|ihr|bitte) )*(?:mich|uns) (?:bitte )?(?:raus|heraus)
leave   (?:(?:ihr|dies)e )?(?:e-?mails|mails|nachrichten|kontakt)(?: sind| ist)? unerwünscht
leave   (?:ich )?will meine ruhe
leave   (?:e-?mails|mails|versand|zusendungen) (?:bitte )?(?:sofort )?einstellen
leave   stell(?:en|t) (?:sie )?(?:bitte )?(?:die|ihre|diese) (?:e-?mails|mails|nachrichten) (?:bitte )?ein
drop    (?:gestrichen|gelöscht|entfernt|genommen) werden|lösch\w*|entfernen?|streich(?:en|t)|streichung|raus
drop    heraus|nehm\w*(?=.* (?:aus|von|vom) )
drop    (?:(?<=verteiler )|(?<=liste ))nehmen
halt    (?:stopp?|schluss)(?: mit)?|stoppen|aufhören|unterlass\w*
enough  genug
halt    hör(?:en|t)?(?: sie| ihr)?(?: bitte)? auf(?: mit|,(?= (?:mi[rc]|uns|so)))?
halt    lass(?:en|t)?(?: sie)? (?:mich|uns)(?: bitte)? in (?:ruhe|frieden)
halt    verschon\w*(?: sie)?(?: bitte)? (?:mich|uns)(?: bitte)?(?: (?:mit|vor|von))?
write   (?:zu )?schreib(?:en|t)?|(?:angeschrieben|kontaktiert) werden|(?:zu )?kontaktieren|belästigen
write   anschreiben
write   (?:zu )?mailen|anmailen|mailt|werbung|kontaktaufnahmen?|nerven sie|stören sie
write   (?:zu|voll)\w{0,2}spam\w*|spammen
send    (?:zu )?send(?:en|et)|(?:zu )?schick(?:en|t)|zusenden|schick(?= (?:mir|uns))
mails   post|kontakt|nachrichten?|zuschriften|infomails?|werbemails?|kontaktversuche
no      keine?[rnms]?|nicht|nie|nichts
more    mehr|weiter|weitere[nrs]?|wieder|zukünftig|in zukunft|künftig|ab sofort
mine    (?:an )?(?:mich|uns)|mir|(?:an )?(?:meine[rn]?|diese) (?:e-?mail-?)?(?:adresse|daten|mail)
mine    mail-?adresse
mine    (?:aus|von) (?:d|ihr|eur|dies)e[mr] (?:e-?mail-?|mailing-?)?(?:verteiler|liste|datenbank|system)
mine    vom (?:e-?mail-?)?verteiler|vom newsletter
want    möchten?|will|wollen|wünschen?
get     erhalten|bekommen|kriegen|hören
have    haben
around  ich habe (?:das |dies )?ni(?:e|chts?) (?:angefragt|angefordert|darum gebeten)
around  (?:(?:ich habe?|wir haben) )?kein(?:en)? (?:interesse|bedarf)|wie kann ich
around  sie|um|werden|ihr|ich|wir|von|ihnen|euch|der|dem|den|die|diese[rnm]?|ihre[rnm]?|eure[rnm]?|sofort
around  damit|das|und|oder|endlich|alle|lass\w*(?: sie)?(?: es)? gut sein|es reicht(?: jetzt)?
around  jetzt reicht'?s|hiermit|können sie|könnten sie|könnt ihr
polite  bitte|danke|vielen dank|gruß|grüße|mfg|hallo
other   (?:ich|wir|sie|ihr) (?:schreib|send|schick|mail|kontaktier)(?:en?|t)|(?:ich|wir) hören? auf
other   (?:ich|wir) (?:will|wollen|möchten?) ni(?:e|chts?) (?:mehr )?(?:schreiben|senden|schicken|mailen)
alone   löschen|entfernen|streichen

French
leave   (?:me |m'|se )?d[ée]sabonne\w*(?:[- ]moi)?|(?:me |m'|se )?d[ée]sinscri\w*(?:[- ]moi)?|désabonnement
leave   (?:retire|supprime|efface|enl[eè]ve|radie|raye|sorte|ôte)[rz]?-(?:moi|nous)
leave   résili(?:er|ez) mon abonnement|(?:retire|révoque) mon consentement
drop    être (?:(?:retir|supprim|effac)ée?|désinscrite?)|retire[rz]?|supprime[rz]?|efface[rz]?|enl[eè]ve[rz]?
drop    radie[rz]?|raye[rz]?
halt    stoppez|arr[êe]te[rz]?|cesse[rz]?|ça suffit
enough  assez
halt    (?:laisse|fiche|foute)[rz]?-(?:moi|nous) (?:tranquilles?|en paix|la paix)
write   (?:m')?[ée]cri(?:re|vez|s)|(?:re)?contacte[rz]?|être (?:re)?contactée?|relance[rz]|sollicite[rz]
write   publicité|pubs?
write   importun\w*|harcel\w*|spamm\w*
send    (?:d')?envoyer|envoyez|envoie
mails   courriels?|communications|relances?|sollicitations?|envois
no      ne|n'|pas|jamais|aucune?|rien
nomore  plus d(?:e\b|')|plus
mine    moi|me|m'|nous|mon (?:adresse|e-?mail|mail|nom|contact)|mes (?:données|coordonnées)
mine    d(?:e|es) (?:la |votre |vos |cette |ces )?(?:listes?(?: de diffusion)?|contacts|fichiers?)
mine    d(?:e|es) (?:la |votre |vos )?base(?: de données)?
want    veux|voulons|souhaite|souhaitons|désire|voudrais
get     recevoir|reçevoir|être
have    avoir
around  je n'ai (?:rien|jamais|pas) (?:demandé|sollicité)(?: (?:ça|cela))?|maintenant
around  (?:je ne suis )?pas intéressée?|(?:cela|ça) ne m'intéresse pas
around  de|d'|du|des|la|le|les|l'|votre|vos|ces|cette|cet|ce|je|j'|merci de|et|ni|tous|tout de suite|aux|ça
around  cela|à(?= vos )
polite  s'?il vous pla[îi]t|svp|stp|merci(?: d'avance)?|veuillez|bonjour|cordialement|prière de|bien vouloir
other   (?:je|nous|on) (?:ne |n')(?:veux |veut |voulons |souhaite )?(?:pas |plus |jamais )?(?:écri|envo)\w+
other   j'arrête
alone   arrête|supprimer

Spanish
leave   (?:d[eé]n?)?(?:dar)?(?:me|nos|se)? de baja|desuscri\w*|desuscripci[óo]n
leave   (?:b[óo]rr|elim[ií]n|qu[ií]t|s[áa]qu|remu[eé]v)\w*[ea]n?me
leave   (?:cancelar|anular|cancelen|cancele) (?:la |mi |esta )?suscripci[óo]n|baja de la lista
leave   (?:solicito|pido|tramiten|gestionen) (?:la|mi) baja
drop    ser (?:elimin|borr)ad[oa]|b[óo]rr(?!aron|ado)[ae]\w*|elim[ií]n(?!aron|ado)\w*
drop    qu[ií]t(?!aron|ado)[ae]\w*|s[áa]que\w*
drop    suprim[ai]\w*
halt    paren|(?:ya )?basta(?: ya)?|dej(?:en?|ad) de|cesen|d[ée]je(?:n)?me (?:en paz|tranquil[oa])
enough  suficiente
write   escrib(?:[ai]s?|an|áis|ir(?:me|nos)?)|(?:contact|molest)(?:e[ns]?|éis|ar(?:me|nos)?)|publicidad
send    (?:env[íi]|mand)(?:e[ns]?|éis|ar(?:me|nos)?|enme)
mails   correos?|mensajes?|comunicaciones|notificaciones
no      no|nunca|jamás|ning[uú]n\w*|ni|nada
more    m[áa]s|ya|vuelvan a|vuelva a
mine    me|nos|mi (?:direcci[óo]n|correo|e-?mail|cuenta|nombre)|mis datos
mine    de (?:la |su |esta |sus )?listas?(?: de (?:correos?|distribución))?|del (?:boletín|listado)
mine    de (?:la |su |sus )?(?:bases? de datos|contactos)
want    quiero|queremos|deseo|deseamos|quisiera
get     recibir (?:más )?(?:información|publicidad|ofertas)|recibir|ser
around  de|la|el|los|las|su|sus|esta|este|estos|y|que|no me interesa
around  no (?:he (?:pedido|solicitado)|pedí|solicité|me (?:suscribí|he suscrito))(?: (?:esto|nada))?
around  no (?:estoy|estamos) interesad[oa]s?
polite  por favor|favor|gracias|muchas gracias|saludos|hola|solicito|les? ruego
alone   baja|para|pare|borrar|eliminar

Italian
leave   essere (?:cancellat|rimoss|disiscritt)[oaie]
leave   disiscri\w*|(?:cancell|elimin|rimuov|togli)\w*(?:mi|ci)|mi cancelli|cancellazione|disdetta
leave   (?:annulla|cancella)(?:re|te)? (?:la mia |l')?iscrizione
drop    essere tolt[oaie]|cancell\w*|elimin\w*|rimuov\w*|togli\w*|depenn\w*
halt    smett(?:i|ete|etela|ila|ere)|basta(?: con)?|piantatela|finitela|lasciate(?:mi|ci) (?:in pace|stare)
write   scriv(?:[ai]|imi|ete(?:mi|ci)?|er(?:e|mi|ci))|essere contattat[oaie]
write   (?:contatta|disturba)(?:te(?:mi|ci)?|re?|rmi|rci)
write   pubblicità|(?:invia|manda)te[mc]i
send    (?:invia|manda)(?:te|re|rmi|rci)
mails   messagg[io]|posta|comunicazion[ei]|notifiche
no      non|niente|nessun\w*|mai|né
more    più|altr[aeio]
mine    mi|ci|me|(?:il )?mio (?:indirizzo|contatto|nome)|(?:la )?mia (?:e-?mail|mail)|(?:de)?i miei dati
mine    dall[ae] (?:vostr[ae] |tua )?(?:list[ae]|mailing list)|dall'elenco|dal (?:vostro )?database
want    voglio|vogliamo|vorrei|desidero|desideriamo
get     ricevere|ricevervi|essere
around  (?:vi|la) (?:prego|chiedo)|(?:ri)?chiedo|non (?:sono|siamo) (?:più )?interessat[aioe]
around  di|la|il|le|lo|l'|vostra|vostre|vostro|questa|queste|questo|e|subito|ora|non mi interessa
around  non ho (?:mai )?(?:ri)?chiesto(?: (?:questo|nulla|niente))?|non mi sono (?:mai )?iscritt[oa]
polite  per favore|grazie|per cortesia|cortesemente|saluti|cordiali saluti|buongiorno|prego|si prega di
other   non (?:mi|ci) (?:scrivete|contattate|mandate) mai(?! più)

Portuguese
leave   (?:remov|retir|exclu|elimin|apagu|tir)\w*-me|(?:me )?descadastr\w*(?:-me)?|(?:me )?desinscre\w*
leave   desubscrever|sair da (?:sua |vossa )?lista|quero sair
leave   (?:cancelar|anular|cancelem|cancelamento d[ae]) (?:a )?(?:minha )?(?:assinatura|(?:in|sub)scriç[ãa]o)
drop    ser (?:remov|exclu)[ií]d[oa]|ser retirad[oa]|remov(?!eram|ido)\w*|exclu(?!íram|ído)\w*
drop    (?:retir|elimin|apag|tir)(?!aram|ado)\w*
halt    (?:parem|parar|pare|chega|basta)(?: (?:com|de))?|cessem|deixem-me em paz|me deixem em paz
write   escrev(?:am?|as|er)(?:-me)?|(?:contact|contat|incomod)(?:e[ms]?|ar)(?:-me)?|propaganda
send    (?:envi|mand)(?:e[ms]?|ar)(?:-me)?
mails   mensage(?:m|ns)|correio|comunicaç(?:ão|ões)|notificações
no      não|nao|nunca|nenhum\w*|nada|nem
more    mais
mine    me|nos|(?:o )?meu (?:e-?mail|endereço|contato|contacto|nome|cadastro)|(?:os )?meus dados
mine    d[ae]s? (?:sua |vossa |suas )?listas?|do cadastro
want    quero|queremos|desejo|gostaria
get     receber|ser
around  de|os?|as|suas?|seus?|voss[ao]s?|esta|este|estes|e|que|sem interesse|não tenho interesse
around  não (?:pedi|solicitei|me inscrevi)(?: (?:isto|isso|nada))?|não (?:estou|estamos) interessad[oa]s?
polite  por favor|obrigad[oa]|favor|por gentileza|solicito|peço|olá|cumprimentos|att
alone   sair|remover|excluir

Dutch
leave   afmeld(?:en|ing)|uit te schrijven|af te melden|uitschrijv(?:en|ing)|uitgeschreven(?: worden)?
leave   (?:meld|schrijf)t? (?:me|mij|ons) (?:a\.?u\.?b\.? )?(?:van \w+ \w*(?:lijst|brief) )?(?:af|uit)
leave   (?:wilt u|wil je|kunt u|kun je) (?:me|mij|ons) niet (?:meer|langer) (?:mailen|schrijven|benaderen)
leave   haal (?:me|mij|ons) (?:er ?)?af|(?:mag ik )?van (?:de|deze|uw|jullie) (?:mail|mailing)?lijst af
drop    verwijderd worden|verwijder(?:t|en|ing)?|haal|wis|schrap
halt    stoppen|ophouden|hou(?:d)?(?: er)?(?: mee)? op|laat me met rust
enough  genoeg
write   mailen|schrijven|schrijf|contacteren|benaderen|benaderd worden|reclame
send    sturen|stuur|contact
mails   mailtjes|berichten|nieuwsbrie\w+
no      geen|niet|nooit|niets
more    meer|verdere|langer
mine    mij|me|ons|mijn (?:e-?mail)?(?:adres|gegevens|naam|mail)
mine    (?:van|uit) (?:de |het |uw |jullie |deze )?(?:mailing|verzend|mail|adres|adressen)?(?:lijst|bestand)
mine    uit (?:het |uw |jullie )?(?:systeem|database)
want    wil|willen|wens|wensen
get     ontvangen|krijgen
around  (?:hier heb ik|ik heb hier) (?:niet|nooit) om gevraagd
around  (?:(?:ik heb|wij hebben) )?geen interesse|(?:ik ben )?niet geïnteresseerd
around  van|de|het|uw|jullie|deze|dit|ik|wij|we|met|en|of|hiermee|ermee|word(?:en)?|te
other   (?:ik|wij|we) (?:schrij[fv]|mail|stuu?r|contacteer|stopp?)(?:en)?
polite  (?:kunt|wilt) u|(?:kun|wil) je|(?:kunnen|willen) jullie
polite  gelieve|a\.?u\.?b\.?|alstublieft|graag|bedankt|dank u|dank je|alsjeblieft|dank|hallo|svp
alone   verwijderen

Swedish
leave   avregistrera|avprenumerera|avsluta(?: min)? prenumeration\w*|avanmäl\w*|avregistrering
drop    ta bort|radera|stryk|plocka bort
halt    stoppa?|sluta(?: att)?|lämna mig i fred|låt mig vara
enough  det räcker
write   mejla|maila|skriva?|kontakta|reklam
send    skicka|kontakt
mails   e-?post|mejl(?:et|en)?|meddelanden|utskick(?:en)?|nyhetsbrev
no      inte|inga|ingen|inget|aldrig|ej
more    fler|mer|igen|längre
mine    (?:till )?(?:mig|oss)|min (?:e-?post(?:adress)?|adress|mejl(?:adress)?|mail(?:adress)?)
mine    mina uppgifter|(?:från|ur) (?:er |din |den här )?(?:list\w*|sändlist\w*|utskick\w*|registret)
want    vill|önskar
get     få
have    ha
around  från|er|era|jag|vi|att|och|dessa|några|omedelbart|inte intresserad
around  (?:jag )?har (?:inte|aldrig) bett om (?:detta|det(?: här)?)
other   (?:jag|vi) (?:skriver|mejlar|mailar|skickar|kontaktar)
polite  tack|snälla|vänligen|hej|mvh|var (?:god|snälla?)(?: och)?
alone   avsluta|slut|ta bort

Danish
leave   afmeld(?:es|ing|e)?|framelding|frameld|tag (?:mig|os) af(?: list\w*)?|meld (?:mig|os) (?:fra|af|ud)
drop    fjerne?|slet(?:te)?
halt    stop(?: venligst)?(?: med(?: at)?)?|stoppe?|hold op(?: med at)?|lad mig være(?: i fred)?
write   maile|skrive?|kontakte|reklamer?|henvendelser
send    sende?|kontakt
mails   beskeder|nyhedsbrev\w*
no      ikke|ingen|aldrig
more    flere|mere|længere
mine    (?:til )?(?:mig|os)|min (?:e-?mail|mail|adresse|mailadresse|e-?mailadresse)|mine (?:oplysninger|data)
mine    (?:fra|af) (?:jeres |din |denne )?(?:list\w*|maillist\w*|mailinglist\w*|kartotek\w*)
want    vil|ønsker
get     få|modtage
have    have
around  fra|jer|de|disse|jeg|vi|at|og|ikke interesseret|gerne|(?:i|du|de) må
around  (?:jeg )?har (?:ikke|aldrig) bedt om det(?:te)?
other   (?:jeg|vi) (?:skriver|mailer|sender|kontakter)
polite  tak|venligst|hej|mvh|vær venlig(?: at)?
alone   slet|fjern

Norwegian
leave   avmeld(?:es|ing|e)?|meld (?:meg|oss) (?:av|ut)|avslutt(?:e)? abonnement\w*
leave   ta (?:meg|oss) (?:av|bort|ut)(?: av)?(?: list\w*)?
drop    fjern|slett|stryk
halt    stopp?|stoppe|slutt(?:e)?(?: å| med å)?|la meg være(?: i fred)?
write   maile|skrive?|kontakte|reklame|henvendelser
send    sende?|kontakt
mails   e-?post(?:er)?|meldinger|utsendelse\w*|nyhetsbrev
no      ikke|ingen|aldri
more    flere|mer|mere|lenger
mine    (?:til )?(?:meg|oss)|min (?:e-?post(?:adresse)?|adresse|mail)|mine (?:opplysninger|data)
mine    (?:fra|av) (?:deres |din |denne )?(?:list\w*|e-?postlist\w*|mailinglist\w*)(?: deres)?
want    vil|ønsker
get     få|motta
have    ha
around  fra|dere|de|disse|jeg|vi|å|og|ikke interessert|(?:jeg )?har (?:ikke|aldri) bedt om det(?:te)?
other   (?:jeg|vi) (?:skriver|sender|kontakter)
polite  takk|vennligst|hei|mvh|vær så snill|vær vennlig
alone   slutt|fjern

Finnish
leave   peru(?:uttakaa|uttaa|uta|kaa|utus|n|a)? (?:tilau\w*|uutiskirje\w*)|peruutan tilauksen
leave   tilauksen peruutus|ota(?:kaa)? minut pois(?: listalta)?
drop    poista(?:kaa|isitteko)?
enough  riittää
halt    lopeta|lopettakaa|jättäkää minut rauhaan
write   kirjoittako|(?<=älä )kirjoita|yhteyttä|ottako|mainok\w*|roskapost\w*|postit\w*
send    lähettä(?:kö|ää)|lähetä
mails   viestejä|viestit|viesti|sähköposti\w*|postia|maileja|meilejä|meilit|uutiskirje\w*
no      ei|älkää|älä|en|emme
more    enää|enempää|lisää
mine    osoite|minut|minua|minulle|meidät|meille|osoitteeni|sähköpostiosoitteeni|tietoni|\w*listalta(?:nne)?
mine    rekisteristä\w*
want    halua|haluan|haluamme
get     saada
around  teidän|pois|nämä|näitä|muita|ja|heti
polite  kiitos|ystävällisesti|pyydän|hei|terveisin|olkaa hyvä
alone   peruuta|peru|poista

Polish
leave   wypis(?:z\w*|uję się|ać|ani\w+)(?: mnie| nas)?|rezygnuj\w*(?: z otrzymywania)?
leave   rezygnacja|anuluj\w* subskrypcj\w*|wyrejestr\w*
drop    usu(?:ń\w*|nąć|nięci\w+)|(?:wy|s)kreśl(?:ić|cie|eni\w+)?|skasuj\w*
halt    (?:za)?przesta(?:ń\w*|ć|jcie|ni\w+)|dajcie mi spokój
halt    dość tego
enough  dość|koniec
write   pisać|pisz(?:cie)?|pisani[ae]|kontakt(?:uj(?:cie)?|ować|owania)|reklam\w*
send    (?:wy|przy)syła(?:ć|j|jcie|nia)
mails   e-?mail\w*|mail\w*|wiadomości|spamu
no      nie|żadnych|nigdy|ani|bez
more    więcej|już|dalszych
mine    (?:do )?mnie|mi|nas|nam|m(?:ój|ojego) (?:adres\w*|e-?mail\w*)|moje dane|moich danych
mine    z (?:waszej |tej |państwa |swojej )?(?:listy|bazy)(?: mailingowej| adresowej| danych)?|z newslettera
want    chcę|chcemy|życzę
get     otrzymywać|dostawać
around  nie jest(?:em|eśmy) zainteresowan[aiy]|do|z|tych|tego|sobie|się|zainteresowan[ya]|o|i
around  nie (?:prosił|zamawiał)[ae]m
polite  prosz[ęe]|dzięk\w+|pozdrawiam|uprzejmie|dzień dobry
alone   usunąć|koniec

Czech, Slovak
leave   odhl[áa][sš]\w*|(?:zruš\w*|zrušte) (?:odběr|odber)\w*
leave   (?:nepiš|neposílej|neposielaj|nekontaktuj|nezasílej|neobtěžuj)\w*
drop    odstra(?:ň\w*|nit|nění)|vymaž\w*|smaž\w*|vyřa(?:ď\w*|dit|zení)
halt    přesta(?:ň\w*|t)|presta(?:ň\w*|ť)|dejte mi pokoj
enough  dost
write   psát|psaním|dostávat
send    posílat
mails   e-?mail\w*|mail\w*|zpráv\w*|správ\w*|newsletter\w*
no      ne|žádné|nikdy|žiadne
nomore  nechci|nechceme|nepřej\w+
more    už|více|viac|další|ďalšie|znovu|příště
mine    mě|mne|ma|mi|nám|nás|moji (?:e-?mailovou )?adresu|můj (?:e-?mail|kontakt)|moje údaje
mine    ze? (?:vašeho |toho |tohoto |vašej )?(?:seznamu|databáze|zoznamu|odběru)
want    chci|chceme|přeji
around  odběr|odber|od|vás|si|nic|a|o|nemám zájem
polite  prosím|prosim|děkuj\w*|díky|dík|ďakujem|vďaka|dobrý den|zdravím
alone   konec|smazat

Russian, Ukrainian
leave   отпи(?:са|ши|сы|ск)\w*|відпи(?:са|ш|су|ск)\w*|(?:отмен\w+|скасу\w+) (?:мою )?(?:подписк|підписк)\w*
leave   отказ\w* от рассылки
drop    (?:удали|исключи|убери)(?:те|ть)?|вычеркн(?:ите|уть)|видал\w*|прибер\w*
enough  хватит|довольно|досить|годі
halt    стоп|прекрати(?:те|ть)?|перестаньте?|припин\w*|отстаньте|оставьте меня в покое
write   пиши(?:те)?|пишіть|писать|писати|беспоко(?:ить|йте)|реклам\w*|связывайтесь
send    слать|шлите|присыла(?:ть|йте)|отправля(?:ть|йте)|надсила(?:ти|йте)
mails   писем|письма|письмами|рассылк[уи]|сообщени\w*|листів|листи|спам\w*|мейл\w*|имейл\w*
no      не|никаких|никогда|ні|ніяких|без
more    больше|ещё|еще|більше|впредь
mine    (?:к )?(?:меня|мне|нас|нам)|(?:мой|этот) (?:адрес|e-?mail|имейл|емейл|контакт)|мои данные|мене|мені
mine    мою адресу
mine    (?:из|со|с|від|зі?) (?:(?:вашего|вашей|этого|этой|вашої) )?(?:спис\w+|базы|рассылки|розсилки)
want    хочу|хотим|желаю|желаем|хочемо|надо|нужно
get     получать|отримувати
around  от|вас|вашей|эти|это|я|мы|и|свои|ваши|ваших|сразу|немедленно|нет|не интересует
around  не (?:просил|подписывал)\w*(?: (?:об этом|этого|на это))?
polite  пожалуйста|спасибо|прошу|дякую|будь ласка|здравствуйте|благодарю|просьба
alone   удалить|отмена

Greek
leave   διαγραφή|απεγγραφή|(?:δια|απεγ)γράψτε με|διαγράψετε με|κατάργηση εγγραφής|(?:θέλω να )?διαγραφώ
drop    αφαιρέστε|αφαίρεση|διαγράψτε|διαγράψετε|βγάλτε|σβήστε
halt    σταματήστε|σταμάτα|σταματήσετε|στοπ|παύστε
enough  αρκετά|φτάνει
write   γράφετε|(?:ξανα)?γράψετε|επικοινωνείτε|ενοχλείτε
send    στέλνετε|(?:ξανα)?στείλετε|αποστολή
mails   μηνύματα|μήνυμα|ενημερωτικά
no      μη|μην|όχι|δεν|ποτέ|κανένα
more    άλλα|άλλο|πια|πλέον|ξανά
mine    με|μου|μας|(?:τη )?διεύθυνσή μου|(?:το )?(?:e-?mail|όνομά) μου|στοιχεία μου
mine    από (?:τη |την )?λίστα(?: σας)?
want    θέλω|θέλουμε|επιθυμώ|ήθελα
get     λαμβάνω|λαμβάνουμε|παίρνω
around  να|θα|σας|τα|και|αυτά
polite  παρακαλώ(?: πολύ)?|ευχαριστώ|γεια σας|καλημέρα

Turkish
leave   abonelikten (?:çık|ayrıl)(?!may)\w*|abone\w+ iptal(?: e[dt]\w*)?|üyeli\w* iptal(?: e[dt]\w*)?
leave   liste\w*den (?:çık|sil)(?!m[ae]y)\w*|(?:yazma|gönderme|atma)(?:y[ıi]n(?:[ıi]z)?)?
leave   (?:yazmay|göndermey|atmay)ı?i? (?:bırak|kes)(?!m[ae]y)\w*
drop    (?:çıkar|sil|kaldır)(?:[ıi]n(?:[ıi]z)?|[ıi]lmak)?
enough  yeter
halt    dur|durun|rahat bırakın
write   reklam\w*
mails   e-?posta\w*|mail\w*|mesaj\w*|ileti\w*
nomore  istemiyor\w*
more    artık|bir daha|başka|daha fazla|bundan sonra
mine    beni|bana|bizi|bize|adresimi|e-?posta adresimi|bilgilerimi|liste\w*den|kaydımı
around  ilgilenmiyor\w+|istiyorum|bu|almak|ve|(?:bunu|böyle bir şey) istemedim
polite  lütfen|teşekkür\w*|merhaba|sağ olun
alone   iptal

Hungarian
leave   leiratkoz\w*|iratkozz\w* le|ne (?:írj|küldj|keress)\w*|vegy\w* le
drop    törölj\w*|törlés|távolíts\w*
enough  elég
halt    állj|hagyj\w* (?:abba|békén)
mails   e-?mail\w*|level\w*|üzenet\w*|hírlev\w*
no      ne|nem|semmi|soha
more    többet|több|többé|már
mine    engem|nekem|a címemet|(?:az )?adataimat|a? ?list\w+r[óo]l|minket
want    szeretnék|akarok|kérek
get     kapni
around  a|az|és
polite  kérem|kérném|köszönöm|legyen szíves|kösz|üdv|üdvözlettel

Romanian
leave   (?:(?:să )?mă )?dezabon\w*(?:-mă)?|anul\w+ abonament\w*
drop    (?:[șs]terge\w*|elimina\w*|scoate\w*)(?:-mă)?
halt    opriți(?:-vă)?|opriti|încetați
enough  ajunge|destul
write   scrie[tț]i|scrie|contacta[tț]i|reclame
send    trimite\w*
mails   mesaj\w*|emailuri
no      nu|niciun|niciodată|nu-mi|fără
more    mai
mine    mă|mi|îmi|adresa mea|datele mele|(?:de pe|din) (?:listă|lista)(?: dumneavoastră| voastră)?
want    vreau|doresc|dorim
get     primesc|primi
around  de|la|să|a|alte|și
polite  vă rog|va rog|mulțumesc|multumesc|te rog|bună ziua

Croatian, Serbian, Slovene
leave   odjav\w*|otkaž\w* pretplatu|ne (?:pišite|šaljite|pošiljajte)|prekliči\w* naročnino
drop    ukloni\w*|izbriš\w*|obriš\w*|odstran\w*|makni\w*
enough  dosta|dovolj
halt    prestani\w*|nehajte
write   pisat\w*|kontaktir\w*
send    slati
mails   poruk\w*|sporočil\w*
no      ne|nikada|nema|nobenih|nikoli|nemojte
more    više|vise|već|več
mine    me|mi|mene|nas|moju adresu|moje podatke|sa? (?:vaše \w+ |vašeg )?(?:popisa|liste|seznama)|moj naslov
want    želim
get     primati|prejemati
polite  molim|hvala|prosim|pozdrav

Japanese
leave   (?:配信|登録|購読|メール|メルマガ|案内)(?:の|を|は)?(?:配信)?(?:を)?(?:停止|解除|不要|拒否|解約|中止)
leave   (?:メールマガジン|送信|ニュースレター)(?:の|を|は)?(?:配信)?(?:を)?(?:停止|解除|不要|拒否|解約|中止)
leave   (?:メール|メルマガ|連絡|案内|配信|これ以上)?(?:を|は)?(?:送ら|送信し|配信し|連絡し)ないで
leave   (?:メール|連絡|配信|案内)(?:を|は)?(?:やめて|止めて|しないで)|退会
drop    削除
halt    停止|解除|やめて|止めて
write   メール|メルマガ|配信|連絡|案内|送信
no      不要|いりません|要りません|結構|必要ありません|いらない
mine    (?:私の)?(?:メール)?アドレス|(?:リスト|名簿)から
around  もう|今後|これ以上|は|を|の|して|です|ます|した|希望|し|一切|この
polite  よろしく|どうか|お願い(?:し|いたし|致し)?(?:ます)?
polite  ください|下さい|すみません|ありがとうございます|至急

Chinese
leave   退订|退訂|取消(?:订阅|訂閱)|拒收|停止(?:发送|發送|订阅|訂閱)
leave   (?:不要|别|別|勿)再?(?:给我|給我|向我)?(?:发|發|寄|发送|發送|联系我|聯絡我|打扰我|打擾我)
drop    删除|刪除|移除
halt    停止
write   寄信|邮件|郵件|电邮|電郵|信息|信|消息|广告|廣告
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
write   메일|이메일|연락|수신|광고|뉴스레터
no      거부|원하지 ?않\w*|싫\w*|필요 ?없\w*|받고 ?싶지 ?않\w*
mine    저를|제|주소|(?:목록|명단|리스트)에서
around  더 ?이상|이제|합니다|해 ?주세요|하겠습니다|주세요|요|을|를|은|는|하세요|할게요|신청
polite  부탁(?:드립니다|합니다)?|감사합니다|제발|안녕하세요|바랍니다

Arabic
leave   (?:إلغاء|الغاء) (?:الاشتراك|اشتراكي)|لا ترسل\w*
drop    احذف\w*|إزالة
halt    توقف\w*|كفى|أوقف\w*
write   رسائل|الرسائل|بريد|إيميل\w*
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
write   מיילים|הודעות|מייל|דואר|לשלוח|לכתוב
no      לא|בלי|ללא
mine    לי|אותי|(?:את )?הכתובת שלי|מהרשימה|מרשימת התפוצה
want    רוצה
get     לקבל
around  יותר|עוד
polite  בבקשה|תודה|נא|שלום
""")
