"""Names that often, but not always, mean a field; and the words before a name that say whose it is. Data."""

# Used where no strong name fits.
WEAK = {
    "email": """
        contact info, contact information, contact details, contact, responder, respondent, sender,
        customer, client, lead, guest, patient, attendee, invitee, applicant, subscriber, visitor,
        kunde, cliente, klant, reply to, login""",
    "phone": """
        contact info, contact information, contact details, from, contact, sender, caller,
        number, numéro, numero, nummer""",
    "name": """
        contact, contact person, owner name, kontaktperson, ansprechpartner, contactpersoon, sender, caller,
        persona de contacto, personne à contacter, referente, nickname, owner full name, real name""",
    "service": """
        product, products, product name, service id, services id, product interest, product of interest,
        package, packages, category,
        project type, type of project, kind of project, type of work, course, program, programme,
        procedure, job type, job names, plan, inquiry type, enquiry type, type of inquiry,
        type of enquiry, reason for visit, reason for contact, reason for enquiry, reason for inquiry,
        department, event type, task name, task, motivo, motivo de la consulta,
        produkt, kategorie, projektart, art der anfrage, produit, catégorie, type de projet,
        type de demande, producto, categoría, prodotto, categoria, produto, product type, sujet,
        typ projektu""",
    "urgency": """
        deadline, start date,
        completion date, when, date needed, needed by, move in date, moving date, move date, timing,
        purchase timeline, buying timeframe, wann, quand, cuándo, quando, wanneer, hvornår,
        når, när, kiedy, kdy, kedy, milloin, mikor, când, ne zaman, когда, коли""",
    "location": """
        area, neighborhood, neighbourhood, district, region, regio, zone, zona, gebiet, umgebung, bairro""",
    "city": "by, poststed by",
    "message": """
        reason, reason for call, issue, issue description, problem, problem description,
        requirement, notice, text plain, plain text, body text, text body,
        markdown message, extracted markdown message, special requests, special instructions, instructions,
        description,
        details, detail, notes, note, question, questions, body, body plain, textarea, multi line,
        multi line text, paragraph, paragraph text, long text, long answer, request, query, remarks,
        remark, feedback, requirements, brief, your request, needs, last input text,
        last user freeform input, last message, transcription, transcript, content, beschreibung, frage,
        fragen, notiz, question ou commentaire, détails, descripción, pregunta, preguntas, notas,
        descrizione, domanda, note aggiuntive, descrição, pergunta, vraag, vragen, toelichting,
        omschrijving, opis, pytanie, beskrivning, beskrivelse, описание, вопрос, питання, kérdés, dotaz""",
}

# Used where nothing better is there: who wrote a mail may be the form's own machine.
FAINT = {
    "email": "from, from email, email from, from address",
    "message": """
        summary, call summary, lead summary, conversation summary, transcript, concatenated transcript, raw
        text body,
        interaction transcript, conversation transcript, subject line, html body, body html, preview,
        preview text, body preview, snippet""",
}

# Around the name of a field they say whose it is: of a person who asks.
OWN = """
    contact customer client caller consumer lead prospect patient guest visitor subscriber attendee invitee
    applicant candidate buyer student homeowner tenant renter respondent requester enquirer inquirer profile
    person participant booker purchaser shopper user sender reply parent guardian payer billing shipping
    delivery donor insured policyholder registrant delegate traveller traveler passenger resident borrower
    pupil diner learner rider motorist camper hirer householder bride groom couple
    kontakt kunden kunde cliente klant absender interessent interessentin besteller bewerber mieter kaufer
    gast
    expediteur demandeur demandeuse acheteur locataire contacto remitente interesado paciente huesped
    comprador klienta
    contatto mittente ospite paziente acquirente contato hospede klient kund asiakas zakaznik
    koper kopare kupujacy musteri 客様 顧客 고객 예약자 신청자
"""

# A key with one of these is the business's own: 'contact_us_email'.
OURS = "us our ours we unser unsere notre nos nuestro nuestra nostro nostra nosso nossa onze ons"

# Of these nobody works for a business: 'xy_lead_email' is the lead's whatever xy is.
ONLY_ASKERS = """
    customer client consumer lead prospect patient guest visitor applicant buyer student renter subscriber
    invitee enquirer requester shopper diner kunden kunde cliente klant klient klienta kund
    interessent interessentin besteller bewerber mieter demandeur demandeuse acheteur locataire interesado
    paciente huesped comprador paziente acquirente hospede asiakas zakaznik
    koper kopare kupujacy musteri 客様 顧客 고객 예약자 신청자
"""

# In front of what was asked for they say nothing.
ABOUT = """
    query inquiry enquiry request order booking appointment quote intended desired ideal planned expected
    target wanted chosen selected preferred
    requested needed specific initial job task call ticket conversation
"""

# They say which of a person's addresses, numbers or names it is, and nothing of whose.
KINDS_OF = """
    primary main preferred personal private best current valid alternate alternative alt other additional
    secondary second work home mobile cell daytime evening day night direct temporary temp real raw given
    new lower verified confirmed confirm professional professionnel professionnelle perso privat geschaftlich
    geschaftliche private dienstliche prive laboral profesional text txt value
"""

# Also a business has them: they are the lead's if a label asks for them, not if a machine's key has them.
PERHAPS_KINDS_OF = "business company office corporate organization firma firmen entreprise empresa bedrijf"

# In front they say that a form asks for what is the asker's own.
YOURS = """
    your ihr ihre ihren dein deine deinen votre vos ton ta tu su tuo tua suo sua seu uw je jouw din ditt
    dina er
    twoj twoja
"""

# They speak to whoever fills in the form.
YOU = """
    you your yours us we me sie ihr ihre ihren ihrer ihres ihnen dich dir du dein deine deinen deines uns wir
    vous votre vos tu ton ta
    toi nous te ti tus usted ustedes le nos tuo tua suo sua voi vi ci voce seu sua te u uw je jouw jij ons din
    ditt dina er ert dere twoj twoja pan pani panstwa
"""

# In front of a part of an address.
OF_AN_ADDRESS = "address postal mailing home property billing shipping street"
