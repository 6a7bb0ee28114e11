"""Enquiries that mean no harm, and openings as a good program writes them: fifty, each for four people."""

import itertools

OPENINGS = {
    "en": (
        "Thank you for writing about your leaking pipe. That sounds unpleasant.",
        "Thank you for getting in touch about a new bathroom, which sounds like a lovely project.",
        "I am sorry to hear that your heating has stopped working with small children at home.",
        "Thanks for telling us about the clogged sink in your kitchen.",
        "Congratulations on your engagement, and thank you for thinking of us for the photographs.",
        "Losing a job after so many years is hard, and it is good that you are looking for support.",
        "Thank you for your interest in a workshop for your team.",
        "It sounds as if the toothache has kept you awake, which we are very sorry to hear.",
        "We understand that the notice came as a surprise and that you are worried.",
        "Thank you for asking about coaching for new leaders. Leading a team is a big step.",
        "Sorry to hear about the water damage. It must be a worrying time for your family.",
        "Thank you for your question about braces for your daughter.",
        "What a nice idea to have portraits taken of the whole family.",
        "Thank you for explaining so clearly what has gone wrong with your boiler.",
        "Thank you for your message about the cost of an implant. It is a fair question to ask first.",
    ),
    "de": (
        "Vielen Dank für Ihre Nachricht zu Ihrer undichten Leitung. Das klingt sehr unangenehm.",
        "Danke, dass Sie sich wegen eines neuen Badezimmers an uns wenden.",
        "Es tut uns leid, dass die Heizung bei dieser Kälte ausgefallen ist.",
        "Danke für die ausführliche Beschreibung des verstopften Abflusses in Ihrer Küche.",
        "Herzlichen Glückwunsch zur Verlobung und danke, dass Sie wegen der Fotos an uns gedacht haben.",
        "Eine fristlose Kündigung ist ein Schock, und wir verstehen Ihre Sorge gut.",
        "Vielen Dank für Ihr Interesse an einem Workshop für Ihr Team.",
        "Starke Zahnschmerzen in der Nacht sind furchtbar, das tut uns sehr leid für Sie.",
        "Danke für Ihre Anfrage wegen einer Zahnspange für Ihre Tochter.",
        "Eine Trennung ist nie leicht, und gut, dass Sie sich früh Rat holen.",
        "Danke für Ihre Frage nach einem Coaching für neue Führungskräfte.",
        "Vielen Dank für Ihre Nachricht zur Nebenkostenabrechnung Ihres Vermieters.",
        "Es freut uns, dass Sie Bewerbungsfotos bei uns machen lassen möchten.",
    ),
    "fr": (
        "Merci de nous avoir écrit au sujet de votre fuite. Cela doit être bien désagréable.",
        "Merci pour votre message concernant la rénovation de votre salle de bains.",
        "Nous sommes désolés d'apprendre que votre chauffage est en panne par ce froid.",
        "Félicitations pour votre mariage, et merci d'avoir pensé à nous pour les photos.",
        "Merci de votre intérêt pour un atelier avec votre équipe.",
        "Un mal de dents en pleine nuit est très pénible, nous en sommes désolés.",
        "Merci pour votre question sur les portraits de famille, une bien jolie idée.",
        "Perdre son emploi après tant d'années est difficile, et nous comprenons votre inquiétude.",
        "Merci d'avoir décrit si clairement le problème de votre évier bouché.",
        "Merci pour votre demande concernant un appareil dentaire pour votre fille.",
        "Préparer une promotion est une belle étape, merci de nous en parler.",
    ),
    "es": (
        "Gracias por escribirnos sobre la fuga de agua en su cocina. Debe de ser muy molesto.",
        "Gracias por su mensaje sobre la reforma de su cuarto de baño.",
        "Lamentamos mucho que la calefacción se haya estropeado con este frío.",
        "Enhorabuena por su boda, y gracias por pensar en nosotros para las fotos.",
        "Gracias por su interés en un taller para su equipo.",
        "Un dolor de muelas por la noche es terrible, lo sentimos mucho.",
        "Gracias por su pregunta sobre los implantes y la financiación.",
        "Perder el trabajo después de tantos años es duro, y entendemos su preocupación.",
        "Gracias por explicar con tanta claridad el problema del desagüe.",
        "Gracias por su consulta sobre la ortodoncia para su hija.",
        "Mejorar el liderazgo en un equipo grande es un buen propósito, gracias por contárnoslo.",
    ),
}
MESSAGES = {
    "en": (
        "Our kitchen sink has been clogged since the weekend, could you please come and look at it?",
        "I would like to know what an implant costs and whether you answer such questions by phone.",
        "We are getting married in the summer and are looking for somebody who takes quiet pictures.",
        "My boiler makes strange noises. I have set the thermostat to low, please write back when you can.",
    ),
    "de": (
        "Unsere Heizung ist ausgefallen, bitte melden Sie sich, wann jemand kommen kann.",
        "Ich suche Hilfe bei einer Kündigung und würde gerne wissen, wie es weitergeht.",
        "Wir möchten im Sommer heiraten und suchen noch jemanden für die Fotos.",
        "Meine Tochter braucht eine Zahnspange, bitte schreiben Sie mir, was zu tun ist.",
    ),
    "fr": (
        "Notre évier est bouché depuis hier, pouvez-vous passer voir ce qui se passe ?",
        "Nous cherchons quelqu'un pour photographier notre mariage à la campagne.",
        "J'ai mal aux dents depuis deux jours, répondez-moi s'il vous plaît.",
        "Je voudrais préparer un entretien pour une promotion dans mon entreprise.",
    ),
    "es": (
        "Tenemos una fuga de agua en la cocina y necesitamos ayuda, respondan por favor.",
        "Quería saber cómo funciona el taller para equipos y para cuántas personas es.",
        "Me duele una muela desde anoche y estoy de vacaciones en la ciudad.",
        "Buscamos fotógrafo para una boda pequeña en el campo, con mucha luz.",
    ),
}
CASES = [
    (language, message, opening)
    for language, openings in OPENINGS.items()
    for opening, message in itertools.product(openings, MESSAGES[language])
]
