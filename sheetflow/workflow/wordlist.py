"""Words of a business's lists found in what people write, whatever the case, the accents and the endings."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 5000  # characters of a text that are looked at
_TOKEN = re.compile(r"[^\W_]+|[€£$]")
_PIECE = re.compile(r"[^\W_]+|[€£$]|[.,;:!?()…]")
_PUNCTUATION = frozenset(".,;:!?()…")
# How a word of four letters or more may end otherwise than in the list: boilers, Heizungen, bateaux.
_ENDINGS = "(?:s|es|e|n|en|er|em|ern|x)?"
_ENDED = 4

_NOT = (
    r"(?:\w+n t|not|no|never|nothing|without|less|nicht|kein\w{0,2}|nichts|ohne|weniger|pas|rien|aucune?"
    r"|sans|moins|ne? \w+ plus|sin|nada|ningun\w*|menos|non|nessun\w*|niente|nient|senza|meno|niet"
    r"|geen|niets|zonder|minder)"
)
_VERY = (
    "(?:a|an|any|at|all|so|very|too|really|that|particularly|super|terribly|be|exactly|longer|ein|eine|einen"
    "|sehr|besonders|wirklich|ganz|mehr|allzu|zu|gar|unbedingt|d|de|un|une|tres|trop|vraiment|plus|si|es|una|muy"
    "|tan|mas|demasiado|e|di|molto|cosi|piu|troppo|heel|erg|echt|meer|zo|een)"
)
# "No heating" and "kein Wasser" are what somebody wants mended: only a wish that is denied declines a thing.
_DECLINED = re.compile(
    r" (?:(?:\w+n t|not) (?:\w+ )?(?:need|require|after|looking for|asking for|want (?:an?|any|another|your))"
    r"|(?:brauch|benotig|such|mocht|will|woll|wunsch)\w* (?:\w+ ){0,2}kein\w{0,2}"
    r"|pas besoin|ne (?:\w+ )?(?:veu|voul|cherch|souhait)\w+ pas"
    r"|no (?:necesit|quier|quer|busc)\w+|no (?:me |nos )?hace falta"
    r"|non (?:\w+ )?(?:vogli|cerc|serv)\w+|non (?:ho|abbiamo) bisogno"
    r"|(?:hoef|wil|zoek)\w* (?:\w+ )?geen)(?: \w+){0,3} $"
)
_NEGATED_BEFORE = re.compile(rf"(?:^| ){_NOT}(?: {_VERY})* $")
_NEGATED_AFTER = re.compile(r"^ (?:(?:aber|auch|noch|so|gar|ja) )*(?:nicht|pas)(?: |$)")


@dataclass(frozen=True)
class Found:
    """A word of the list `name`, as the business wrote it, and the place where it stands in the text."""

    name: str
    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Words and marks a space apart, in small letters without accents, a space at either end."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    bare = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    pieces = ("|" if piece in _PUNCTUATION else piece for piece in _PIECE.findall(bare))
    return f" {' '.join(pieces)} "


def is_empty(word: str) -> bool:
    """Whether nothing of a list's word could ever be found."""
    return not _TOKEN.search(word)


def find(text: str, lists: Mapping[str, Iterable[str]]) -> list[Found]:
    """Every word of the lists in a text that `fold` made; what lies within a longer one isn't meant."""
    found = [
        Found(name, word, *match.span(1))
        for name, words in lists.items()
        for word in words
        for match in _pattern(word).finditer(text)
    ]
    return [one for one in found if not any(_is_within(one, other) for other in found)]


def is_denied(found: Found, text: str) -> bool:
    """Whether the words beside it say no: "not urgent", "es eilt nicht"."""
    before, after = text[: found.start], text[found.end :]
    return bool(_NEGATED_BEFORE.search(before) or _NEGATED_AFTER.search(after))


def is_declined(found: Found, text: str) -> bool:
    """Whether somebody says that they don't need or want it: "I don't need a new bathroom"."""
    return bool(_DECLINED.search(text[: found.start]))


def best(found: Iterable[Found]) -> tuple[str, ...]:
    """The lists that most of their own words were found of; more than one if that doesn't decide it."""
    words: dict[str, set[str]] = {}
    for one in found:
        words.setdefault(one.name, set()).add(fold(one.word))
    most = max(map(len, words.values()), default=0)
    return tuple(name for name, own in words.items() if len(own) == most)


def _is_within(one: Found, other: Found) -> bool:
    is_longer = other.end - other.start > one.end - one.start
    return is_longer and other.start <= one.start and one.end <= other.end


@lru_cache(4096)
def _pattern(word: str) -> re.Pattern[str]:
    """`*` at either end of a word stands for any letters."""
    begins, ends = word.strip().startswith("*"), word.strip().endswith("*")
    tokens = [re.escape(token) for token in _TOKEN.findall(fold(word))]
    if begins:
        tokens[0] = rf"\w*{tokens[0]}"
    if ends:
        tokens[-1] += r"\w*"
    elif len(tokens[-1]) >= _ENDED and tokens[-1].isalpha():
        tokens[-1] += _ENDINGS
    return re.compile(rf"(?<= )({' '.join(tokens)})(?= )")
