"""Where in a body an object stands: what goes before its questions, and how close to the lead it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.naming import names_somebody
from sheetflow.capture.values import spelled
from sheetflow.capture.words import spoken, squashed
from sheetflow.capture.wrappers import (
    FOREIGN,
    PERHAPS_FOREIGN,
    PERHAPS_THEIRS,
    holds_person,
    is_askers,
    is_foreign,
    is_ours,
    is_theirs,
    is_wrapper,
    last_word,
    names_person,
    perhaps_wraps,
)

_ID_END = re.compile(r"_id$|(?<=[a-z])Id$")  # a 'person_id' that holds an object is the person


@dataclass(frozen=True)
class Standing:
    """An object that is read. `wraps`: the lead is named deeper within, so what it says is about a thing."""

    node: Mapping[str, Any]
    prefix: str = ""
    place: Place = Place.OWN
    wraps: bool = False
    path: str = ""
    theirs: bool = False  # within the object of somebody who asks

    @property
    def here(self) -> Place:
        return max(self.place, Place.ASIDE) if self.wraps else self.place

    def answer(self, key: str, text: str, kind: str = "", place: Place | None = None) -> Answer:
        """What stands in the object itself."""
        side = self.here if place is None else place
        return Answer(
            self.prefix + spoken(key), text, key, kind, side, within=id(self.node), path=self.path_of(key)
        )

    def path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def into(self, key: str, value: Mapping[str, Any], place: Place | None = None) -> "Standing":
        """The standing of an object within; `place` is the closest it can be."""
        outer = self if place is None else replace(self, place=place)
        path = self.path_of(key)
        key = _ID_END.sub("", key)
        if is_wrapper(key) or (perhaps_wraps(key) and names_person(value)):
            wraps = outer.wraps and not names_person(value)
            if is_askers(key, surely=True) and outer.place > Place.NEAR:
                outer = replace(outer, place=Place.NEAR)
            return replace(outer, node=value, path=path, wraps=wraps, theirs=self.theirs or is_askers(key))
        side, wraps = outer._beside(key, value)
        theirs = self.theirs or is_askers(key)
        return Standing(value, f"{self.prefix}{spoken(key)} ", max(outer.place, side), wraps, path, theirs)

    def _beside(self, key: str, value: Mapping[str, Any]) -> tuple[Place, bool]:
        """How close an object is that isn't only a wrapper, and whether it wraps the lead deeper within."""
        name = squashed(key)
        if is_theirs(value) and name not in FOREIGN - PERHAPS_THEIRS:
            return Place.NEAR, False
        if is_foreign(key) or is_ours(value) or self._is_the_business(name, value):
            return Place.FOREIGN, False
        if holds_person(value) and (is_askers(key) or self._is_part(key, value)):
            return Place.NEAR, False
        if (
            holds_person(value)
            or (name in PERHAPS_FOREIGN and names_somebody(value))
            or self._is_anothers(value)
        ):
            return Place.STRANGE, False
        if is_askers(key, surely=True):
            return Place.NEAR, False
        if names_person(value) and names_somebody(value):
            return Place.STRANGE, True  # a thing with a name, and how to reach whoever it belongs to
        return (Place.OWN, True) if names_person(value) else (Place.ASIDE, False)

    def _is_part(self, key: str, value: Mapping[str, Any]) -> bool:
        """Whether an object within the asker's is about the asker too, and doesn't name somebody else."""
        named = names_somebody(value) and names_person(self.node, 0)
        return self.theirs and last_word(key) not in PERHAPS_FOREIGN and not named

    def _is_anothers(self, value: Mapping[str, Any]) -> bool:
        """Whether an object tells how to reach somebody else than who is named beside it."""
        reached = any(
            squashed(key).startswith("contact") and names_person(held) for key, held in value.items()
        )
        return reached and names_person(self.node, 0) and names_somebody(self.node)

    def _is_the_business(self, name: str, value: Mapping[str, Any]) -> bool:
        """A user beside a lead that is named itself, and a location with an ID: the business's own."""
        is_branch = name == "location" and "id" in spelled(value)
        is_beside = name in PERHAPS_FOREIGN and names_person(self.node, 0)
        return is_branch or (is_beside and names_somebody(self.node))
