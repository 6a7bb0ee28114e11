"""Why a value counts as a field of the lead."""

from dataclasses import dataclass
from enum import IntEnum


class Because(IntEnum):
    """Kinds of evidence; the higher the number, the more it weighs if several values want one field."""

    DOUBTFUL = 3
    LENGTH = 10
    PHONE_SHAPE = 15
    EMAIL_SHAPE = 20
    FAINT_NAME = 25
    WEAK_NAME = 30
    NAME_IN_IT = 40
    ASKED = 45
    ALTERNATIVE = 50
    PERSON = 60
    KEY = 75
    PLAIN = 80
    KIND = 90
    CONFIGURED = 200
    PATH = 300

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Because.DOUBTFUL: "the name is right, the value doesn't look like one",
    Because.LENGTH: "it is the longest text that a person wrote",
    Because.PHONE_SHAPE: "it looks like a phone number and stands beside a name",
    Because.EMAIL_SHAPE: "it looks like an address and stands beside the person's name",
    Because.FAINT_NAME: "the name can mean it, and nothing better is there",
    Because.WEAK_NAME: "the name often means it",
    Because.NAME_IN_IT: "name and address have a word in common",
    Because.ASKED: "the question asks for it",
    Because.ALTERNATIVE: "the name means it among other things",
    Because.PERSON: "the name says it is the asker's",
    Because.KEY: "a plain name for it",
    Because.PLAIN: "a plain name for it",
    Because.KIND: "the sender says what kind of field it is",
    Because.CONFIGURED: "a name from [fields] in the configuration",
    Because.PATH: "the path from [sources] in the configuration",
}


@dataclass(frozen=True)
class Sign:
    """Evidence that the answer number `index` is a field's; `weight` counts where it stood, too."""

    field: str
    index: int
    because: Because
    weight: int
