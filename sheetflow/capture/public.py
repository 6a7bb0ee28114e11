"""What of a lead from a public page may come back in its answer: nothing somebody else could be sent."""

from collections.abc import Iterable

LONGEST_NAME = 20  # letters


def may_come_back(name: str, service: str, services: Iterable[str]) -> tuple[str, str]:
    """A short first name, and a service of the business's own list in the list's spelling; "" for what isn't.

    A name is letters, with hyphens and apostrophes within: no web address, number, sentence or markup fits.
    """
    known = {one.strip().casefold(): one.strip() for one in services}
    return _short_name(name), known.get(" ".join(service.split()).casefold(), "")


def _short_name(name: str) -> str:
    said = name.split()
    first = said[0] if 0 < len(said) <= 4 else ""
    plain = all(character.isalpha() or character in "-'’" for character in first)
    return first if plain and len(first) <= LONGEST_NAME and first[:1].isalpha() else ""
