"""Answers: what a sender calls a question and what it calls an answer."""

from dataclasses import dataclass
from enum import IntEnum

# Under it stands what isn't read, because it only repeats; nothing that stands there alone is lost.
ASIDE_KEY = "\x00aside"


class Place(IntEnum):
    """Where in a body an answer stood, and so how far it can be trusted to be about the lead."""

    OWN = 0  # among the lead's own answers
    NEAR = 1  # in an object that says it is about a person who asks
    STRANGE = 2  # in an object of somebody whose part its name doesn't tell
    ASIDE = 3  # in an object that names no person: its name or number isn't the lead's
    FOREIGN = 4  # about the form, the campaign, or somebody on the business's side


@dataclass(frozen=True)
class Answer:
    """One answer as text, "" where none was given. `key` and `kind` are the sender's, if it has any."""

    question: str
    text: str
    key: str = ""
    kind: str = ""
    place: Place = Place.OWN
    listed: bool = False  # from a list of questions, the place a sender means us to read
    within: int = 0  # the object it stood in: a name beside an address is that person's
    path: str = ""  # from the body's top, as in data.contact.email


LABELS = (
    "question",
    "label",
    "title",
    "columnname",
    "fieldlabel",
    "questiontext",
    "questiontitle",
    "fieldname",
    "heading",
    "prompt",
    "frage",
    "feld",
    "bezeichnung",
    "pregunta",
    "campo",
    "etiqueta",
    "libelle",
    "champ",
    "domanda",
    "pergunta",
    "vraag",
    "veld",
    "pytanie",
    "質問",
    "项目",
    "问题",
    "name",
    "field",
    "columnid",
    "key",
    "ref",
    "fieldtype",
    "questiontype",
    "questionid",
    "q",
    "id",
)
KEYS = ("columnid", "customkey", "key", "name", "ref", "fieldid", "field", "id")
VALUES = (
    "answer",
    "value",
    "stringvalue",
    "values",
    "fieldvalue",
    "answers",
    "response",
    "responses",
    "useranswer",
    "answertext",
    "valuetext",
    "textanswers",
    "antwort",
    "wert",
    "respuesta",
    "valor",
    "reponse",
    "valeur",
    "risposta",
    "valore",
    "resposta",
    "antwoord",
    "waarde",
    "odpowiedz",
    "回答",
    "答案",
    "val",
    "a",
    "displayvalue",
)
KINDS = ("type", "fieldtype", "fielddatatype", "questiontype", "kind")
