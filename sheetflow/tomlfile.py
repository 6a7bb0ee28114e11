"""A TOML file read section by section, key by key; what can't be right is noted, not raised."""

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sheetflow.errors import ConfigError

# The parser's own words say where, and seldom what to do; most often quotation marks are missing or curly.
FORM = 'write key = value, a text as "Kim", several as ["Kim", "Lee"], with straight quotation marks'


class TomlFile:
    """Raises ConfigError where there is no file or no TOML in it; all else is collected in `problems`."""

    def __init__(self, path: Path, sections: Iterable[str]) -> None:
        self.problems: list[str] = []
        self.name = shown_path(path)
        self._values = _read(path, self.name)
        self._known = tuple(sections)
        self._refuse_unknown()

    def section(self, name: str) -> "Section":
        """One `[name]`; an empty one where the file has none."""
        values = self._values.get(name, {})
        title = f"{self.name} [{name}]"
        if not isinstance(values, dict):
            self.problems.append(f"{title}: write [{name}] on a line of its own, its keys below it")
            values = {}
        return Section(title, values, self.problems)

    def sections(self, name: str) -> list["Section"]:
        """Every `[[name]]`, in order."""
        tables = self._values.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.problems.append(
                f"{self.name} [[{name}]]: write [[{name}]] in double brackets before each one"
            )
            tables = []
        title = f"{self.name} [[{name}]]"
        return [
            Section(f"{title} number {number}", table, self.problems)
            for number, table in enumerate(tables, start=1)
        ]

    def _refuse_unknown(self) -> None:
        for name in self._values:
            if name not in self._known:
                advice = did_you_mean(name, self._known)
                self.problems.append(f"{self.name} [{name}]: not a section sheetflow knows; {advice}")


class Section:
    """The keys of one section. Case, spaces and hyphens in a key don't matter: "Time zone" is time_zone."""

    def __init__(self, title: str, values: Mapping[str, object], problems: list[str]) -> None:
        self.title = title
        self.values = {_fold(key): value for key, value in values.items()}
        self._spelled = {_fold(key): key for key in values}
        self._problems = problems
        for key in values:
            if (same := self._spelled[_fold(key)]) != key:
                problems.append(f"{title} {key} and {same} are one key; keep one, or call them differently")
        self._known: list[str] = []

    def refuse(self, key: str, advice: str) -> None:
        spelled = self._spelled.get(_fold(key), key)
        self._problems.append(f"{self.title} {spelled} = {_shown(self.values.get(_fold(key)))}: {advice}")

    def missing(self, key: str, advice: str) -> None:
        self._problems.append(f"{self.title} {key} is missing: {advice}")

    def get(self, key: str) -> object:
        """The value as TOML has it, None if there is none."""
        self._known.append(key)
        return self.values.get(key)

    def text(self, key: str, default: str = "", *, needed: str = "", lines: bool = False) -> str:
        """One line of text, or several where `lines`; `needed` says how to write what mustn't be missing."""
        value = self.get(key)
        if value is None or value == "":
            if needed:
                self.missing(key, needed)
            return default
        if not isinstance(value, str) or not all(_fits(character, lines) for character in value.strip()):
            self.refuse(
                key, 'use a text in quotes, like "…"' if lines else 'use one line of text in quotes, like "…"'
            )
            return default
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        texts = [value] if isinstance(value, str) else [] if value is None else value
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            self.refuse(key, 'use a list of texts, like ["…", "…"]')
            return ()
        return tuple(text.strip() for text in texts)

    def section(self, key: str) -> "Section":
        """One `[section.key]`; an empty one if there is none."""
        values = self.get(key)
        if values is not None and not isinstance(values, dict):
            self.refuse(key, f"write it as a section of its own, {self.title[:-1].split(' ')[-1]}.{key}]")
        return Section(
            f"{self.title[:-1]}.{key}]", values if isinstance(values, dict) else {}, self._problems
        )

    def lists(self) -> dict[str, tuple[str, ...]]:
        """Every key, as it is spelled, with its list of texts."""
        return {self._spelled[key]: self.texts(key) for key in self.values}

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(key, f"use a whole number from {least} to {most}")
            return default
        return value

    def number(self, key: str, default: float, least: float, most: float) -> float:
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(key, f"use a number from {least:g} to {most:g}")
            return default
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(key, "use true or false, without quotes")
            return default
        return value

    def close(self, *ignored: str) -> None:
        """Names the keys nobody asked for; `ignored` ones may stand there."""
        known = (*self._known, *ignored)
        for key in self.values:
            if key not in known:
                spelled, advice = self._spelled[key], did_you_mean(key, known)
                self._problems.append(f"{self.title} {spelled}: not a key sheetflow knows; {advice}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    words = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), words, n=1)
    return f'did you mean "{words[close[0]]}"?' if close else f"use one of {', '.join(words.values())}"


def shown_path(path: Path) -> str:
    """Short where it lies below the working folder: config/sheetflow.toml."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _read(path: Path, name: str) -> dict[str, object]:
    try:
        # utf-8-sig: Notepad puts a mark at the beginning that TOML doesn't allow.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        raise ConfigError(
            f"{name} doesn't exist: copy it from sheetflow's config folder, or name yours in SHEETFLOW_CONFIG"
        ) from None
    except OSError as error:
        raise ConfigError(f"{name} can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name} line {line} isn't UTF-8 text: save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} isn't TOML: {error}; {FORM}") from None


def _fold(key: str) -> str:
    return "_".join(key.casefold().replace("-", " ").replace("_", " ").split())


def _fits(character: str, lines: bool) -> bool:
    return character.isprintable() or (lines and character in "\n\t")


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"
