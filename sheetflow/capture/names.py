"""The names people give to fields, in the languages sheetflow knows. Nothing but data.

One phrase a comma; spelling, case, accents, word breaks and polite words don't matter (see words.py).
"""

STRONG = {
    "name": """
        name, names, full name, complete name, first and last name, first last name, name and surname,
        display name, respondent name, vollständiger name, vor und nachname, vor und zuname, name vorname,
        vorname nachname, vorname und nachname, ansprechpartner, wie heißen sie, nom, nom complet,
        nom et prénom, prénom et nom, nom prénom, nombre, nombre completo, nombre y apellido,
        nombre y apellidos, nombres y apellidos, cómo te llamas, nome, nome completo, nome e cognome,
        nome cognome, nominativo, nome e sobrenome, nome e apelido, naam, volledige naam,
        voor en achternaam, imię i nazwisko, namn, fullständigt namn, för och efternamn, navn, fulde navn,
        fullt navn, nimi, jméno a příjmení, jméno, ad soyad, adınız soyadınız, isim, имя, фио, ваше имя,
        имя и фамилия, ім'я, ονοματεπώνυμο, お名前, 名前, 氏名,
        姓名, 이름, 성함, שם, שם מלא, الاسم, الاسم الكامل""",
    "first": """
        name first,
        first name, first, fname, given name, forename, christian name, vorname, prénom, primer nombre,
        nombre de pila, primeiro nome, voornaam, imię, förnamn, fornavn, etunimi""",
    "last": """
        name last,
        last name, last, lname, surname, family name, second name, nachname, familienname, zuname,
        nom de famille, apellido, apellidos, cognome, sobrenome, apelido, achternaam, nazwisko, efternamn,
        etternavn, efternavn, sukunimi, příjmení, soyad, soyadı, фамилия, прізвище, επώνυμο""",
    "email": """
        email, emails, email address, email addr, mail, mail address, email id, personal email,
        primary email, work email, e mail adresse, mailadresse, adresse mail, adresse e mail,
        adresse email, courriel, adresse courriel, adresse électronique, correo, correo electrónico,
        dirección de correo, dirección de correo electrónico, dirección de email, indirizzo email,
        indirizzo e mail, posta elettronica, indirizzo di posta elettronica, endereço de email,
        endereço de e mail, correio eletrónico, correio eletrônico, e mailadres, email adres, adres email,
        adres e mail, e post, epostadress, e postadresse, e posta, eposta adresi, sähköposti, почта,
        электронная почта, эл почта, メール, メールアドレス, 邮箱,
        电子邮件, 電子郵件, 이메일, דואל, אימייל, البريد الإلكتروني""",
    "phone": """
        ph, ph no, mob, mob no, mobile whatsapp, phone whatsapp,
        phone, phones, telephone, tel, phone number, phone numbers, phone no, telephone number,
        telephone no, tel no, mobile, mobile number, mobile phone, mobile no, mobile phone number, cell,
        cell phone, cell number, cell phone number, contact number, contact no, best phone,
        best phone number, best number, best contact number, callback number, daytime phone, home phone,
        personal phone, whatsapp, whatsapp number, whatsapp phone, sms number, sms phone,
        text reminder number, telefon, telefonnummer, telefon nr, tel nr, rufnummer, rückrufnummer, handy,
        handynummer, mobil, mobilnummer, mobiltelefon, téléphone, numéro de téléphone,
        n° de téléphone, portable, téléphone portable, teléfono, número de teléfono, número de celular,
        celular, móvil, teléfono móvil, número de contacto, telefono, numero di telefono,
        recapito telefonico, cellulare, numero di cellulare, telefone, número de telefone, telemóvel,
        número de telemóvel, telefoon, telefoonnummer, mobiel, mobiel nummer, gsm, numer telefonu,
        telefonní číslo, mobilnr, puhelin, puhelinnumero, telefon numarası, cep telefonu, телефон,
        номер телефона, τηλέφωνο, 電話, 電話番号, 电话, 手机,
        手机号, 연락처, 전화번호, טלפון, נייד, الهاتف, رقم الهاتف,
        الجوال""",
    "service": """
        service, services, service type, type of service, service needed, services needed,
        service required, services required, service requested, service interest, service of interest,
        requested service, desired service, service interested in, services interested in, interested in,
        interest, interests, i am interested in, im interested in, service are interested in,
        services are interested in, treatment, treatments, treatment interest, appointment type, leistung,
        leistungen, dienstleistung, gewünschte leistung, behandlung, interesse an,
        ich interessiere mich für, prestation, prestations, type de prestation, service souhaité,
        prestation souhaitée, servicio, servicios, tipo de servicio, servicio de interés, servizio,
        servizi, tipo di servizio, servizio richiesto, serviço, serviços, tipo de serviço,
        serviço desejado, dienst, diensten, gewenste dienst,
        usługa, tjänst, tjeneste, услуга, サービス""",
    "urgency": """
        urgency level, priority level, level of urgency, project start, project start date,
        urgency, urgent, how urgent, how urgent is it, how urgent is this, priority, timeline, time line,
        timeframe, time frame, how soon, when do need it, when do need this, when do need service,
        when would like to start, when do want to start, project timeline, dringlichkeit,
        wie dringend ist es, zeitrahmen, wann soll es losgehen, urgence, délai, urgencia, urgente, plazo,
        urgenza, tempistiche, urgência, prazo, urgentie, spoed, termijn, pilność""",
    "location": """
        location, where are located, where are based, service area, service location, property location,
        job location, project location, standort, localisation, localización, ubicación, localidad,
        località, localização, localidade, locatie, lokalizacja, местоположение""",
    "street": """
        address, street, street address, address line, address line 1, address 1, address1, addr1,
        full address, home address, property address, service address, project address, mailing address,
        postal address, adresse, anschrift, straße, straße und hausnummer, straße hausnummer, rue,
        dirección, calle, domicilio, indirizzo, endereço, morada, rua, adres, straat,
        straat en huisnummer, adress, osoite, адрес""",
    "street2": """
        address line 2, address 2, address2, addr2, apartment, apt, adresszusatz, complément d'adresse""",
    "city": """
        city state, city state zip, city and state,
        city, town, suburb, city town, town city, city or town, ort, stadt, wohnort, ville, ciudad,
        poblacion, città, comune, cidade, plaats, woonplaats, stad, miasto, postort, kaupunki, şehir,
        город, 市""",
    "state": """
        state, province, region, state province, state region, bundesland, kanton, provincia, estado,
        provincie""",
    "zip": """
        zip, zip code, postcode, post code, postal code, zip postal code, plz, postleitzahl, code postal,
        código postal, cp, cap, cep, postnummer, kod pocztowy, индекс""",
    "country": "country, land, pays, país, paese, kraj, страна",
    "message": """
        comments questions, help with, need help with, what can we help you with,
        message, messages, comment, comments, inquiry, enquiry, inquiry details, enquiry details,
        message or question, comments or questions, questions or comments, questions comments,
        comment or message, how can we help, how can help, how can we help you, how could we help,
        tell us about project, tell about project, tell us about, tell more, tell us more,
        project description, project details, additional information, additional info,
        additional comments, additional notes, additional details, anything else,
        anything else we should know, nachricht, mitteilung, anfrage, anliegen, bemerkung, bemerkungen,
        kommentar, anmerkung, anmerkungen, wie können wir ihnen helfen, commentaire, commentaires,
        demande, remarque, comment pouvons nous vous aider, mensaje, comentario, comentarios, consulta,
        cómo podemos ayudarte, messaggio, commento, commenti, richiesta, come possiamo aiutarti, mensagem,
        comentário, comentários, como podemos ajudar, bericht, opmerking, opmerkingen,
        hoe kunnen we helpen, wiadomość, meddelande, besked, melding, beskjed, viesti, zpráva, mesaj,
        mesajınız, сообщение, комментарий, повідомлення, μήνυμα,
        メッセージ, お問い合わせ内容, 内容, 留言, 메시지, 문의내용,
        문의 내용, הודעה, الرسالة""",
    "source": """
        source, lead source, lead origin, quelle, leadquelle, origine, fuente, origen, fonte, origem, bron""",
}

# Used where no strong name fits: words that often, but not always, mean the field.
WEAK = {
    "email": """
        contact info, contact information, contact details, from,
        contact, responder, respondent, login, company email, business email, billing email, user email,
        shipping email, owner email, account email, parent email, guardian email, secondary email,
        other email, attendee email, from email, reply to, geschäftliche e mail, email professionnel""",
    "phone": """
        contact info, contact information, contact details, from, wa id,
        contact, company phone, business phone, work phone, office phone, work number,
        billing phone, user phone, shipping phone, owner phone, owner telephone, parent phone,
        guardian phone, home number, evening phone, alternate phone, other phone, secondary phone,
        company phone number""",
    "name": """
        contact, contact person, owner name,
        owner full name, parent name, guardian name, parent guardian name, billing
        name, user full name""",
    "service": """
        product, products, product interest, product of interest, package, packages, category,
        project type, type of project, kind of project, type of work, course, program, programme,
        procedure, job type, plan, inquiry type, enquiry type, type of inquiry, type of enquiry,
        reason for visit, reason for contact, reason for enquiry, reason for inquiry, department,
        event type, produkt, kategorie, projektart, art der anfrage, produit, catégorie, type de projet,
        type de demande, producto, categoría, prodotto, categoria, produto, product type, sujet,
        typ projektu""",
    "urgency": """
        deadline, start date, desired start date, when, date needed, needed by, move in date, timing,
        purchase timeline, buying timeframe, wann, quand, cuándo, quando, wanneer""",
    "location": """
        area, neighborhood, neighbourhood, district, region, regio, zone, zona, gebiet, umgebung, bairro""",
    "message": """
        special requests, special instructions, instructions,
        description, details, detail, notes, note, question, questions, body, textarea, request,
        query, remarks, remark, feedback, requirements, brief, your request, your needs, needs,
        last input text, content, beschreibung, frage, fragen, notiz, question ou commentaire, détails,
        descripción, pregunta, preguntas, notas, descrizione, domanda, note aggiuntive, descrição,
        pergunta, vraag, vragen, toelichting, omschrijving, opis, beskrivning, описание, вопрос""",
}

# In front of a name they say whose it is, and it is the lead's own.
OWN = """
    contact customer client caller lead patient guest visitor subscriber attendee invitee applicant buyer
    seller member student homeowner tenant respondent person primary main preferred personal kontakt
    kunden kunde client cliente klant
"""

# In front of a part of an address.
OF_AN_ADDRESS = "address postal mailing home property billing shipping street"

# Words within longer questions; the value has to look right as well.
WITHIN = {
    "email": r"e ?mail|mail|courriel|correo|correio|epost|mailadres",
    "phone": r"phone|telephone|tel|mobile|cell|whatsapp|call you|reach you"
    r"|telefon\w*|handy\w*|rufnummer|portable|telefono|movil|celular|cellulare|telefone|telemovel|telefoon\w*|gsm",
    "first": r"first name|given name|vorname|prenom|voornaam|call you by|primer nombre",
    "last": r"last name|surname|family name|nachname|nom de famille|apellidos?|cognome|achternaam",
    "name": r"full name|your name|ihr name|votre nom|tu nombre|su nombre|tuo nome|seu nome|uw naam|je naam"
    r"|name and surname|first and last name|vor und nachname|nom et prenom|nombre y apellidos?|name please",
    "service": r"(?:which|what|select|choose) (?:\w+ ){0,3}(?:services?|treatments?)|services? (?:\w+ ){0,3}"
    r"(?:need|looking for|interested|require)\w*|interested in|welche (?:dienst)?leistung\w*"
    r"|quel(?:le)? (?:service|prestation)|que servicio|quale servizio|qual servico|welke dienst",
    "urgency": r"how soon|how urgent"
    r"|when (?:do|would|will|are) you (?:\w+ ){0,3}(?:need|start|begin|ready|like)"
    r"|timeline|time ?frame|wie dringend|wie schnell|wann (?:soll|mochten|brauchen)"
    r"|quand souhaitez|cuando (?:necesitas|quieres)|quando (?:ti serve|vuoi|precisa)|hoe snel|wanneer wil",
    "location": r"where are you (?:located|based)|where do you live|(?:what|which) (?:city|town|area)"
    r"|zip ?code|postal code|postcode|wo wohnen|in welcher stadt|quelle ville|donde (?:vives|estas)"
    r"|dove (?:vivi|abiti|ti trovi)|onde (?:mora|fica)|waar woon",
    "message": r"tell us|tell me|how (?:can|may|could) we|describe|anything else|your message|let us know"
    r"|(?:questions|comments) (?:\w+ ){0,4}(?:us|you have)|wie konnen wir|beschreiben|schildern"
    r"|comment pouvons|decrivez|como podemos|cuentanos|describe|come possiamo|raccontaci|descreva|hoe kunnen",
}

# With one of these in the question, an answer is somebody else's, or something else.
NOT_THEIRS = """
    friend friends partner spouse emergency referrer referral referred refer organizer organiser host
    agent assigned recipient cc bcc admin manager freund ami amigo amico vriend notfall urgence
"""
NOT = {
    "name": f"""
        {NOT_THEIRS} company business organisation organization firm firma unternehmen entreprise societe
        empresa azienda bedrijf form page site website campaign ad adset ads product event file domain
        school pet child childs kid dog cat project brand street city workflow plan list tag utm platform
        browser device model user username nickname insurance building account store shop team group
        clinic practice bank card""",
    "email": f"{NOT_THEIRS} consent newsletters subject template",
    "phone": f"""
        {NOT_THEIRS} fax time model type brand count many price budget order
        reference ref invoice vat tax account card id zip postal years year date iphone consent
        registration license licence policy employees people guests rooms""",
    "service": "customer terms rate rating satisfied satisfaction quality agreement year level hear provider",
    "urgency": "hear heard",
    "location": "hear heard branch event appointment meeting",
    "message": "hear heard sms consent agree",
}
