"""The Jinja of message templates: sandboxed, with an end to its time, and without a way to print a blank."""

import contextlib
import difflib
import functools
import sys
import time
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any, Self

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sheetflow.mail.address import many_lines, one_line

PLAIN_NAMES = (
    "name",
    "first_name",
    "email",
    "phone",
    "service",
    "urgency",
    "location",
    "message",
    "source",
    "step",
    "missing",
    "closed",
    "back",
    "opening",
)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "business": ("name", "email", "postal_address"),
    "sender": ("name",),
    "owner": ("name", "email"),
}
NAMES = frozenset({*PLAIN_NAMES, *(f"{group}.{name}" for group, names in GROUPS.items() for name in names)})
MANY_LINES = ("message", "opening", "business.postal_address")

# What fills the memory in one step, which no time limit can stop: a width.
WIDE_METHODS = ("center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill")
WIDE_FILTERS = ("center", "format", "indent")
ONE_LIMIT, MANY_LIMIT = 200, 4000  # characters of a value
# A key no template can spell: the function that takes what is printed.
PRINT = "print:"


class Blank(str):
    """An empty value that knows its name: false in `or` and `if`, an error where it would be printed."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Self:
        blank = super().__new__(cls)
        blank.name = name
        return blank


class Blanked(Exception):
    """A blank would have been printed; `name` is empty where it is no value of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@pass_context
def show(context: Context, value: object) -> str:
    """Every `{{ … }}` comes through here. With the context, so that it isn't called while compiling."""
    if not isinstance(value, str | int | float | StrictUndefined):
        raise TypeError(f"prints a {type(value).__name__}, which isn't text")
    text = str(value)
    if not text.strip():
        raise Blanked(value.name if isinstance(value, Blank) else "")
    shown: str = context.resolve(PRINT)(text)
    return shown


def default(value: str, other: str = "") -> str:
    """Jinja's own replaces only what is undefined; here what is empty is what needs replacing."""
    return value or other


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses what reaches the program or fills the memory; the owner's own templates are for the rest."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, finalize=show, trim_blocks=True, lstrip_blocks=True)
        self.filters = {name: use for name, use in self.filters.items() if name not in WIDE_FILTERS}
        self.filters["default"] = default
        self.globals = {"range": self.globals["range"]}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"{operator} isn't available here")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return super().is_safe_attribute(obj, attr, value) and attr not in WIDE_METHODS

    def wrap_str_format(self, value: object) -> None:
        """The library's own format() would be offered before `is_safe_attribute` is asked."""


SANDBOX = Sandbox()


@functools.lru_cache(maxsize=100)
def compiled(source: str) -> Template:
    """Raises TemplateSyntaxError for a name that templates don't have too."""
    tree = SANDBOX.parse(source)
    check_names(tree)
    return SANDBOX.from_string(tree)


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in what runs within, in this thread, once that takes more of the processor."""
    end = time.thread_time() + seconds

    def look(frame: FrameType, event: str, _: Any) -> Any:
        if time.thread_time() > end:
            raise TimeoutError(f"takes longer than {seconds:g} seconds; look for loops within loops")
        # Line by line in templates, whose loops may call nothing.
        return look if frame.f_code.co_filename == "<template>" else None

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


def check_names(tree: nodes.Template) -> None:
    known = [*PLAIN_NAMES, *GROUPS]
    ours = find_undeclared_variables(tree) - {"range"}
    for name in tree.find_all(nodes.Name):
        if name.name in ours and name.name not in known:
            raise TemplateSyntaxError(unknown(name.name, known), name.lineno)
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name in GROUPS and part.node.name in ours:
            whole = [f"{part.node.name}.{attribute}" for attribute in GROUPS[part.node.name]]
            if not part.attr.startswith("_") and f"{part.node.name}.{part.attr}" not in whole:
                raise TemplateSyntaxError(unknown(f"{part.node.name}.{part.attr}", whole), part.lineno)


def unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    return f"unknown variable {name}{guess} (there are {', '.join(known)})"


def context_of(values: Mapping[str, object]) -> dict[str, object]:
    """What a template sees: every known name, cleaned, a `Blank` where there is nothing."""
    context: dict[str, object] = {name: clean(name, values.get(name)) for name in PLAIN_NAMES}
    for group, attributes in GROUPS.items():
        given = values.get(group)
        inside = given if isinstance(given, Mapping) else {}
        context[group] = {name: clean(f"{group}.{name}", inside.get(name)) for name in attributes}
    return context


def clean(name: str, value: object) -> str:
    text = "" if value is None else str(value)
    cleaned = many_lines(text, MANY_LIMIT) if name in MANY_LINES else one_line(text, ONE_LIMIT)
    return cleaned or Blank(name)
