"""Eighty enquiries as people write them, and what should be understood of each; written before the rules.

Priority follows from: urgency now 40, soon 20, later -15 · service 20 · name, e-mail and phone 15 · area 10,
outside -40 · budget words 15 · a good source 15 · unwanted -100. Hot from 60, Normal from 20.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Expected:
    business: str
    message: str
    service: str
    urgency: str
    priority: str
    owner: str
    template: str
    language: str
    form: dict[str, str] = field(default_factory=dict)


def plumber(message, service, urgency, priority, owner, template, language, /, **form):
    return Expected("plumber", message, service, urgency, priority, owner, template, language, form)


def coach(message, service, urgency, priority, owner, template, language, /, **form):
    return Expected("coach", message, service, urgency, priority, owner, template, language, form)


def law(message, service, urgency, priority, owner, template, language, /, **form):
    return Expected("law", message, service, urgency, priority, owner, template, language, form)


def studio(message, service, urgency, priority, owner, template, language, /, **form):
    return Expected("studio", message, service, urgency, priority, owner, template, language, form)


def dentist(message, service, urgency, priority, owner, template, language, /, **form):
    return Expected("dentist", message, service, urgency, priority, owner, template, language, form)


FIRST = "first_response"
LEAK = "first_response.leak-repair"
WHOLE = {"name": "Dana Field", "phone": "+1 617 555 0142"}

ENQUIRIES = (
    # Free text alone
    plumber(
        "Hi, a pipe burst in our basement this morning and water is flooding the laundry room. Please come "
        "as soon as possible, we are in Dorchester.",
        "Leak repair", "now", "Hot", "Tom", LEAK, "en",
    ),
    plumber(
        "Our kitchen sink has been clogged since the weekend. It's not urgent but it would be great if "
        "somebody could look at it this week.",
        "Drain cleaning", "soon", "Normal", "Tom", FIRST, "en",
    ),
    plumber(
        "We're thinking about remodeling the upstairs bathroom next spring. Could you give us an estimate? "
        "We are in Somerville.",
        "Bathroom renovation", "later", "Normal", "Tom", FIRST, "en",
    ),
    plumber(
        "No heat since last night and we have a newborn at home. This is an emergency!!",
        "Heating", "now", "Hot", "Bill", "first_response.now", "en",
    ),
    plumber(
        "Hola, tenemos una fuga de agua debajo del fregadero y necesitamos ayuda urgente. Vivimos en "
        "Cambridge.",
        "Leak repair", "now", "Hot", "Rosa", f"{LEAK}.es", "es",
    ),
    plumber(
        "Buenos días, el desagüe de la ducha está atascado. ¿Podrían venir mañana por la tarde?",
        "Drain cleaning", "soon", "Normal", "Rosa", f"{FIRST}.es", "es",
    ),
    plumber(
        "Do you also sell swimming pools? We saw one in your neighbor's yard and would love to know more.",
        "", "", "Low", "Tom", FIRST, "en",
    ),
    plumber(
        "We can get your company to rank first on Google with our SEO package and 500 backlinks. Interested "
        "in a free audit of your heating website?",
        "Heating", "", "Low", "Bill", FIRST, "en",
    ),
    # By form
    plumber(
        "The one in the hallway only gets lukewarm.",
        "Heating", "soon", "Normal", "Bill", FIRST, "en",
        service="Radiator service", urgency="In the next few days", **WHOLE,
    ),
    plumber(
        "It drips all night. The leak is under the tub, my landlord says he will pay. By the way, lovely "
        "website, our drain is fine.",
        "Leak repair", "", "Normal", "Tom", LEAK, "en",
        location="Boston, MA", service="Leaks", **WHOLE,
    ),
    plumber(
        "Looking for a quote for a complete new bathroom. The old boiler stays where it is.",
        "Bathroom renovation", "", "Low", "Tom", FIRST, "en",
        service="Bathroom renovation", location="Hartford, CT", **WHOLE,
    ),
    plumber(
        "Die Heizung im ganzen Haus ist ausgefallen, es ist dringend, wir frieren.",
        "Heating", "now", "Hot", "Bill", f"{FIRST}.de", "de",
        location="Cambridge", **WHOLE,
    ),
    plumber(
        "Notre évier est complètement bouché depuis hier soir et l'eau ne part plus du tout.",
        "Drain cleaning", "", "Normal", "Tom", f"{FIRST}.fr", "fr",
        name="Luc Martin",
    ),
    plumber(
        "Abbiamo una perdita in cucina, potete venire domani mattina? Abitiamo a Somerville vicino "
        "alla scuola.",
        "Leak repair", "soon", "Hot", "Tom", LEAK, "it",
        name="Gina Rossi", phone="+1 617 555 0110",
    ),
    plumber(
        "Referred by our neighbors. The drain in the garage backs up whenever it rains.",
        "Drain cleaning", "", "Normal", "Tom", FIRST, "en",
        source="Referral", **WHOLE,
    ),
    plumber(
        "Can you repair our dishwasher? It's a Bosch, about six years old.",
        "", "soon", "Normal", "Tom", FIRST, "en",
        urgency="Today", service="Other",
    ),
    # Coach, free text alone
    coach(
        "Hello, I've just been made redundant after twelve years and I need help to find a new job. "
        "I have an interview tomorrow!",
        "Career coaching", "now", "Hot", "Ana", FIRST, "en",
    ),
    coach(
        "We are a software company and would like a two-day offsite for our team of fourteen. What do you "
        "charge?",
        "Team workshop", "", "Normal", "Marc", "first_response.team-workshop", "en",
    ),
    coach(
        "I was recently appointed CEO of a mid-sized charity and I am looking for somebody to talk to.",
        "Executive coaching", "", "Normal", "Ana", FIRST, "en",
    ),
    coach(
        "Guten Tag, ich denke über einen Jobwechsel nach, aber erst nächstes Jahr. Wie läuft das bei "
        "Ihnen ab?",
        "Career coaching", "later", "Low", "Ana", f"{FIRST}.de", "de",
    ),
    coach(
        "Bonjour, nous cherchons un atelier pour notre équipe de huit personnes, si possible la "
        "semaine prochaine.",
        "Team workshop", "soon", "Normal", "Marc", f"{FIRST}.fr", "fr",
    ),
    coach(
        "Necesito mejorar mi liderazgo cuanto antes, acabo de asumir la dirección de un equipo muy grande.",
        "Executive coaching", "now", "Hot", "Ana", f"{FIRST}.es", "es",
    ),
    coach(
        "Do you offer help for children who struggle with maths at school?",
        "", "", "Low", "Ana", FIRST, "en",
    ),
    coach(
        "Hi! We can get you clients on autopilot. Our lead generation agency works with coaches like you. "
        "When can we talk about growing your career business?",
        "Career coaching", "", "Low", "Ana", FIRST, "en",
    ),
    # Coach, by form
    coach(
        "I've been a director for three years and feel stuck. Heard about you on the podcast.",
        "Executive coaching", "", "Normal", "Ana", FIRST, "en",
        source="Podcast", name="Priya Nair",
    ),
    coach(
        "Please call me back about the away day.",
        "Team workshop", "now", "Hot", "Marc", "first_response.team-workshop", "en",
        urgency="ASAP", service="Team Workshop", **WHOLE,
    ),
    coach(
        "My CEO suggested I should talk to somebody about my career.",
        "Career coaching", "", "Normal", "Ana", FIRST, "en",
        service="Career Coaching", name="Tim",
    ),
    coach(
        "No rush at all, just curious what coaching for executives costs. We have a budget of about £2,000.",
        "Executive coaching", "later", "Normal", "Ana", FIRST, "en",
        name="Sam Poole",
    ),
    coach(
        "Vorrei capire come funziona il percorso per cambiare carriera, grazie mille.",
        "Career coaching", "", "Normal", "Ana", FIRST, "it",
        **WHOLE,
    ),
    coach(
        "Ich wurde gerade befördert und brauche Unterstützung bei meiner ersten Führungsaufgabe, so bald wie "
        "möglich.",
        "Executive coaching", "now", "Hot", "Ana", f"{FIRST}.de", "de",
        name="Jonas Keller",
    ),
    coach(
        "Hi, when are you free?",
        "", "", "Low", "Ana", FIRST, "en",
        name="Lou",
    ),
    coach(
        "J'aimerais préparer un entretien pour une promotion ce mois-ci, avez-vous encore de la place ?",
        "Career coaching", "", "Normal", "Ana", f"{FIRST}.fr", "fr",
        service="Coaching de carrière", **WHOLE,
    ),
    # Law office, free text alone
    law(
        "Ich habe gestern die fristlose Kündigung bekommen und weiß nicht, was ich tun soll. Es ist "
        "dringend.",
        "Arbeitsrecht", "now", "Hot", "Herr Brandt", "first_response.arbeitsrecht", "de",
    ),
    law(
        "Mein Mann und ich wollen uns scheiden lassen. Es geht auch um das Sorgerecht für zwei Kinder. "
        "Wir wohnen in Potsdam.",
        "Familienrecht", "", "Normal", "Frau Celik", FIRST, "de",
    ),
    law(
        "Unser Vermieter verlangt 900 Euro Nebenkosten nach. Muss nicht sofort sein, aber bald wäre gut.",
        "Mietrecht", "soon", "Normal", "Frau Adler", FIRST, "de",
    ),
    law(
        "Hello, I was dismissed last Friday without any notice and my employer refuses to pay severance. "
        "Please help me as soon as possible.",
        "Arbeitsrecht", "now", "Hot", "Mr Dunn", "first_response.arbeitsrecht.en", "en",
    ),
    law(
        "Bonjour, notre propriétaire à Berlin veut augmenter le loyer de trente pour cent. Rien ne presse.",
        "Mietrecht", "later", "Low", "Frau Adler", f"{FIRST}.fr", "fr",
    ),
    law(
        "Me han despedido y necesito un abogado que hable español, es urgente porque tengo poco tiempo.",
        "Arbeitsrecht", "now", "Hot", "Herr Brandt", f"{FIRST}.es", "es",
    ),
    law(
        "Ich möchte gegen einen Bußgeldbescheid wegen zu schnellen Fahrens vorgehen. Machen Sie das auch?",
        "", "", "Low", "Frau Adler", FIRST, "de",
    ),
    law(
        "Sehr geehrte Damen und Herren, ich suche für den Sommer ein Praktikum in Ihrer Kanzlei und füge "
        "meinen Lebenslauf bei.",
        "", "", "Low", "Frau Adler", FIRST, "de",
    ),
    # Law office, by form
    law(
        "Habe eine Rechtsschutzversicherung, bitte um Rückruf.",
        "Arbeitsrecht", "now", "Hot", "Herr Brandt", "first_response.arbeitsrecht", "de",
        service="Kündigungsschutz", urgency="Sofort", location="10115 Berlin", **WHOLE,
    ),
    law(
        "Er zahlt seit drei Monaten keinen Kindesunterhalt mehr. Was kostet eine Beratung?",
        "Familienrecht", "", "Low", "Frau Celik", FIRST, "de",
        name="Maja", location="Wien",
    ),
    law(
        "Die Kündigung der Wohnung kam wegen Eigenbedarf, wir müssen reagieren.",
        "Mietrecht", "soon", "Hot", "Frau Adler", FIRST, "de",
        service="Mietrecht", urgency="Diese Woche", location="Hamburg", **WHOLE,
    ),
    law(
        "My landlord wants me out by the end of the month although my contract is unlimited.",
        "Mietrecht", "", "Normal", "Frau Adler", f"{FIRST}.en", "en",
        name="Owen", location="Berlin Mitte",
    ),
    law(
        "Sono stato licenziato senza preavviso e vorrei sapere che cosa posso fare adesso.",
        "Arbeitsrecht", "", "Normal", "Herr Brandt", "first_response.arbeitsrecht", "it",
        **WHOLE,
    ),
    law(
        "Aufhebungsvertrag wurde mir gestern vorgelegt, soll bis Freitag unterschreiben, eilt!",
        "Arbeitsrecht", "now", "Hot", "Herr Brandt", "first_response.arbeitsrecht", "de",
        source="Empfehlung", name="Kai Brandl",
    ),
    law(
        "Es geht um die Gründung einer GmbH mit zwei Gesellschaftern.",
        "", "", "Normal", "Frau Adler", FIRST, "de",
        service="Gesellschaftsrecht", location="Berlin", **WHOLE,
    ),
    law(
        "We'd like to agree on custody without going to court. No rush, we are still talking.",
        "Familienrecht", "later", "Normal", "Frau Celik", f"{FIRST}.en", "en",
        **WHOLE,
    ),
    # Studio, free text alone
    studio(
        "Bonjour, nous nous marions le 12 juin à Lyon et nous cherchons un photographe. Pouvez-vous nous "
        "envoyer un devis ?",
        "Mariage", "", "Normal", "Hugo", "first_response.mariage", "fr",
    ),
    studio(
        "J'ai besoin d'une photo de profil au plus vite, mon entretien est jeudi.",
        "Portrait", "now", "Hot", "Chloé", FIRST, "fr",
    ),
    studio(
        "Nous lançons une boutique en ligne et il nous faut une centaine de packshots. Ce n'est pas urgent.",
        "Produits", "", "Normal", "Chloé", FIRST, "fr",
    ),
    studio(
        "Hi there! We're getting married in Grenoble next year and love your pictures. What are your prices?",
        "Mariage", "later", "Normal", "Chloé", "first_response.mariage.en", "en",
    ),
    studio(
        "Guten Tag, wir heiraten im August am Genfer See und suchen noch jemanden für die Hochzeitsfotos.",
        "Mariage", "", "Normal", "Chloé", f"{FIRST}.de", "de",
    ),
    studio(
        "Hola, necesito unos retratos para mi web la próxima semana, ¿tenéis hueco?",
        "Portrait", "soon", "Normal", "Chloé", f"{FIRST}.es", "es",
    ),
    studio(
        "Bonjour, louez-vous aussi votre studio à la journée pour un tournage vidéo ?",
        "", "", "Low", "Chloé", FIRST, "fr",
    ),
    studio(
        "Envie de gagner des abonnés ? Nous offrons une collaboration rémunérée aux photographes de mariage.",
        "Mariage", "", "Low", "Chloé", "first_response.mariage", "fr",
    ),
    # Studio, by form
    studio(
        "Deux cents invités, cérémonie en plein air, budget autour de 3000 euros.",
        "Mariage", "", "Hot", "Hugo", "first_response.mariage", "fr",
        service="Mariage", location="Villeurbanne", **WHOLE,
    ),
    studio(
        "Vu sur votre page, j'adore ! Je voudrais un portrait de famille.",
        "Portrait", "", "Normal", "Inès", FIRST, "fr",
        source="Instagram", name="Zoé",
    ),
    studio(
        "Des produits cosmétiques, vingt références. Nous pourrions envoyer les produits demain.",
        "Produits", "now", "Hot", "Chloé", FIRST, "fr",
        service="Packshots", urgency="Dès que possible", **WHOLE,
    ),
    studio(
        "Cerimonia in spiaggia, siamo in quaranta persone e vorremmo un servizio completo per il matrimonio.",
        "Mariage", "", "Normal", "Chloé", "first_response.mariage", "it",
        name="Paolo Conti",
    ),
    studio(
        "Ich brauche neue Bewerbungsfotos, am liebsten nächste Woche.",
        "Portrait", "soon", "Hot", "Chloé", f"{FIRST}.de", "de",
        location="Lyon", **WHOLE,
    ),
    studio(
        "Mariage de ma soeur, elle habite Lyon mais la fête est ailleurs.",
        "Mariage", "", "Low", "Chloé", "first_response.mariage", "fr",
        location="Marseille", name="Ninon",
    ),
    studio(
        "Can you restore old family photographs from the fifties?",
        "", "", "Low", "Chloé", f"{FIRST}.en", "en",
        name="Meg",
    ),
    studio(
        "Necesitamos fotos de producto para el catálogo nuevo, rien ne presse comme on dit chez vous.",
        "Produits", "later", "Normal", "Chloé", f"{FIRST}.es", "es",
        source="Recommandation", name="Iván",
    ),
    # Dentist, free text alone
    dentist(
        "Buenas, tengo un dolor de muelas horrible desde anoche, ¿me pueden ver hoy mismo?",
        "Urgencia dental", "soon", "Normal", "Recepción", FIRST, "es",
    ),
    dentist(
        "Quería saber cuánto cuesta un implante y si ofrecen financiación. Sin prisa.",
        "Implantes", "later", "Normal", "Dra. Vega", FIRST, "es",
    ),
    dentist(
        "Hi, I'm on holiday here and I broke a filling, I'm in a lot of pain. Could you see me right away?",
        "Urgencia dental", "now", "Hot", "Dr. Weber", f"{FIRST}.en", "en",
    ),
    dentist(
        "Guten Tag, unsere Tochter braucht eine Zahnspange. Es eilt nicht, wir möchten nur einen Termin.",
        "Ortodoncia", "", "Normal", "Dr. Weber", f"{FIRST}.de", "de",
    ),
    dentist(
        "Ich habe seit heute Nacht starke Zahnschmerzen und brauche sofort Hilfe.",
        "Urgencia dental", "now", "Hot", "Dr. Weber", "first_response.now.de", "de",
    ),
    dentist(
        "Bonjour, je voudrais prendre rendez-vous pour un détartrage cette semaine si c'est possible.",
        "Limpieza", "soon", "Normal", "Recepción", f"{FIRST}.fr", "fr",
    ),
    dentist(
        "¿Hacen también tratamientos de bótox y rellenos faciales?",
        "", "", "Low", "Recepción", FIRST, "es",
    ),
    dentist(
        "Somos proveedor de material odontológico y queremos presentarle nuestro nuevo catálogo de "
        "implantes.",
        "Implantes", "", "Low", "Dra. Vega", FIRST, "es",
    ),
    # Dentist, by form
    dentist(
        "Se me ha caído una pieza y me gustaría pedir presupuesto.",
        "Implantes", "", "Normal", "Dra. Vega", FIRST, "es",
        service="Implantes dentales", **WHOLE,
    ),
    dentist(
        "Mi hijo lleva brackets y se le ha soltado un alambre, me duele verlo así.",
        "Ortodoncia", "now", "Hot", "Recepción", "first_response.now", "es",
        service="Ortodoncia", urgency="Lo antes posible", **WHOLE,
    ),
    dentist(
        "Just a regular check-up and cleaning for two adults. How much is it?",
        "Limpieza", "", "Normal", "Dr. Weber", f"{FIRST}.en", "en",
        **WHOLE,
    ),
    dentist(
        "Ho un forte mal di denti da ieri sera e sono qui in vacanza con la famiglia.",
        "Urgencia dental", "", "Normal", "Recepción", FIRST, "it",
        **WHOLE,
    ),
    dentist(
        "Je porte un appareil dentaire depuis deux ans et je cherche un nouveau cabinet, rien d'urgent.",
        "Ortodoncia", "", "Normal", "Recepción", f"{FIRST}.fr", "fr",
        name="Élise",
    ),
    dentist(
        "Me han hablado muy bien de ustedes. Quiero una limpieza más adelante, en otoño.",
        "Limpieza", "later", "Normal", "Recepción", FIRST, "es",
        source="Recomendación", name="Pilar",
    ),
    dentist(
        "Información por favor",
        "Ortodoncia", "", "Normal", "Recepción", FIRST, "es",
        service="Invisalign", name="Leo",
    ),
    dentist(
        "I would like my teeth whitened before my wedding this week.",
        "", "soon", "Normal", "Dr. Weber", f"{FIRST}.en", "en",
        service="Whitening", **WHOLE,
    ),
)  # fmt: skip
