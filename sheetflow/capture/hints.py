"""Names that often, but not always, mean a field; and the words before a name that say whose it is. Data."""

# Used where no strong name fits.
WEAK = {
    "email": """
        contact info, contact information, contact details, contact, responder, respondent, sender,
        reply to, company email, business email, billing email, user email, shipping email, owner email,
        account email, parent email, guardian email, secondary email, other email, attendee email,
        geschäftliche e mail, email professionnel""",
    "phone": """
        contact info, contact information, contact details, from, contact, sender, company phone,
        business phone, work phone, office phone, work number, billing phone, user phone, shipping phone,
        owner phone, owner telephone, parent phone, guardian phone, home number, evening phone,
        alternate phone, other phone, secondary phone, company phone number, numéro, numero, nummer""",
    "name": """
        contact, contact person, owner name, from name, kontaktperson, contactpersoon,
        persona de contacto, personne à contacter, referente, nickname, owner full name, parent name,
        guardian name, parent guardian name, billing name, user full name""",
    "service": """
        product, products, product interest, product of interest, package, packages, category,
        project type, type of project, kind of project, type of work, course, program, programme,
        procedure, job type, job names, plan, inquiry type, enquiry type, type of inquiry,
        type of enquiry, reason for visit, reason for contact, reason for enquiry, reason for inquiry,
        department, event type, task name, task, motivo, motivo de consulta, motivo de la consulta,
        produkt, kategorie, projektart, art der anfrage, produit, catégorie, type de projet,
        type de demande, producto, categoría, prodotto, categoria, produto, product type, sujet,
        typ projektu""",
    "urgency": """
        deadline, start date, desired start date, preferred start date, ideal start date,
        completion date, when, date needed, needed by, move in date, moving date, move date, timing,
        purchase timeline, buying timeframe, wann, quand, cuándo, quando, wanneer, hvornår,
        når, när, kiedy, kdy, kedy, milloin, mikor, când, ne zaman, когда, коли""",
    "location": """
        area, neighborhood, neighbourhood, district, region, regio, zone, zona, gebiet, umgebung, bairro""",
    "city": "by, poststed by",
    "message": """
        special requests, special instructions, instructions, delivery instructions, description,
        details, detail, notes, note, question, questions, body, body plain, textarea, multi line,
        multi line text, paragraph, paragraph text, long text, long answer, request, query, remarks,
        remark, feedback, requirements, brief, your request, your needs, needs, last input text,
        last user freeform input, last message, transcription, transcript, content, beschreibung, frage,
        fragen, notiz, question ou commentaire, détails, descripción, pregunta, preguntas, notas,
        descrizione, domanda, note aggiuntive, descrição, pergunta, vraag, vragen, toelichting,
        omschrijving, opis, pytanie, beskrivning, beskrivelse, описание, вопрос, питання, kérdés, dotaz""",
}

# Used where nothing better is there: who wrote a mail may be the form's own machine.
FAINT = {
    "email": "from, from email, from address, login",
    "message": "subject line, html body, body html, preview, snippet",
}

# In front of a name they say whose it is, and it is the lead's own.
OWN = """
    contact customer client caller lead patient guest visitor subscriber attendee invitee applicant buyer
    seller member student homeowner tenant respondent profile person sender primary main preferred personal
    kontakt kunden kunde client cliente klant
"""

# In front of a part of an address.
OF_AN_ADDRESS = "address postal mailing home property billing shipping street"
