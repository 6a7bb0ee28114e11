"""Names of fields brought to one spelling, so that 'E-Mail *', 'your-email' and 'EMAIL' can be compared."""

import re
import unicodedata
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = word_set("""
    your you my the a an please enter provide give us what whats is are s field input required optional
    mandatory here wpforms we may can have any do
    mf et pb wpcf7 nf gform cf
    ihre ihr ihren deine dein deinen bitte eingeben wie ist lautet pflichtfeld erforderlich
    votre vos ton ta tes quel quelle est obligatoire tu tus su sus el la los las cual es obligatorio
    το τα σασ σου vas vasa vase vasi vasu tvuj tvoje twoj twoja twoje panstwa pana pani ваш ваша ваше вашу
    il tuo tua lo qual seu sua obrigatorio uw je jouw verplicht din ditt dina
    dit dine deres dvs dumneavoastra
""")

_JOTFORM_NUMBER = re.compile(r"^q\d+_(?=.)")
_WIX_FIELD = re.compile(r"^field:(.+?)(?:_[0-9a-f]{4})?$")
_BRICKS_FIELD = re.compile(r"^form-field-[0-9a-z]{6}$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_RANDOM_END = re.compile(
    r"(?<=[a-z])_(?=[0-9a-f]{0,30}[a-f])(?=[a-f]{0,30}[0-9])[0-9a-f]{4,32}$"
)  # email_c3d4
_WHATSAPP = re.compile(r"WhatsApp|\bwa[_ ]?id\b", re.IGNORECASE)  # one word; its ID is the number
_POLITE = re.compile(
    "(?<!\\w)[\u3054\u304a\u5fa1](?=[\u30a1-\u30fa\u4e00-\u9fff])"
)  # go-, o- in front of a Japanese noun
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[\W_]+")
_ID_END = re.compile(r"(?:id|ids|uid|uuid|guid|references|inreplyto)$")
LONGEST = 200  # characters of a question that are looked at


def spoken(key: str) -> str:
    """A sender's key without the marks its form builder added; what a person would call the field."""
    if "<" in key:
        key = _TAG.sub(" ", key)
    key = _RANDOM_END.sub("", key)
    return _BRICKS_FIELD.sub("field", _WIX_FIELD.sub(r"\1", _JOTFORM_NUMBER.sub("", key.strip())))


def words(label: str) -> tuple[str, ...]:
    """The words of a label, without case, accents and marks: 'q3_Prénom*' → ('prenom',)."""
    return _words(label[:LONGEST])


@lru_cache(maxsize=4096)
def _words(label: str) -> tuple[str, ...]:
    text = _CAMEL.sub(" ", _WHATSAPP.sub("whatsapp", _POLITE.sub("", spoken(label))))
    return tuple(_NO_LETTERS.sub(" ", unmarked(text).casefold()).split())


def unmarked(text: str) -> str:
    """A text without accents and the like, a Korean syllable taken apart."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def squashed(label: str) -> str:
    """All words in one: 'First Name', 'firstName' and 'first-name' are 'firstname'."""
    return _squashed(label[:LONGEST])


@lru_cache(maxsize=4096)
def _squashed(label: str) -> str:
    return "".join(_words(label))


def is_number_of_a_thing(key: str) -> bool:
    """Whether a key ends like an ID, the value of which can look like an address: messageId, iCalUID."""
    name = squashed(key)
    return _ID_END.search(name) is not None and "mail" not in name


def telling(label: str) -> list[str]:
    """The words that say something: without polite words and the like."""
    return [word for word in words(label) if word not in FILLERS]


def core(label: str) -> str:
    """The telling words in one, without the number of a question or a repeated field; "" if none is left."""
    return _core(label[:LONGEST])


@lru_cache(maxsize=4096)
def _core(label: str) -> str:
    said = telling(label)
    while said and said[-1].isdigit():
        said.pop()
    while said and said[0].isdigit():
        said.pop(0)
    return "".join(said).rstrip("0123456789")
