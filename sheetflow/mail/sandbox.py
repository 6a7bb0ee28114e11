"""The Jinja of message templates: a small part of the language, without a way to hang or to print a blank."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Self

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
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
)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "business": ("name", "email", "postal_address"),
    "sender": ("name",),
    "owner": ("name", "email"),
}
MANY_LINES = ("message", "business.postal_address")

STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign)
FILTERS = ("capitalize", "first", "join", "last", "length", "lower", "replace", "title", "trim", "upper")
METHODS = (
    "capitalize",
    "endswith",
    "lower",
    "replace",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "upper",
)
ONE_LIMIT, MANY_LIMIT = 200, 4000  # characters of a value
LOOPS_DEEP = 2
LOOP_LENGTH = 1000
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


def short_range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > LOOP_LENGTH:
        raise OverflowError(f"range() of more than {LOOP_LENGTH}")
    return numbers


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses what can run or grow without end; the templates are the owner's own, it is for mistakes."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, finalize=show, trim_blocks=True, lstrip_blocks=True)
        self.filters = {name: self.filters[name] for name in FILTERS} | {"default": default}
        self.globals = {"range": short_range}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"{operator} isn't available here")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return super().is_safe_attribute(obj, attr, value) and (not isinstance(obj, str) or attr in METHODS)

    def wrap_str_format(self, value: object) -> None:
        """No format(): a width in it can fill the memory."""


def check_language(tree: nodes.Template) -> None:
    """Raises TemplateSyntaxError at the first statement or name that templates don't have."""
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, STATEMENTS):
            raise TemplateSyntaxError(
                f"{{% {type(node).__name__.lower()} %}} isn't available here", node.lineno
            )
        if isinstance(node, nodes.For) and (node.recursive or depth(node) > LOOPS_DEEP):
            raise TemplateSyntaxError(f"loops nest at most {LOOPS_DEEP} deep", node.lineno)
    check_names(tree)


def depth(loop: nodes.For) -> int:
    return 1 + max(
        (depth(inner) for inner in loop.iter_child_nodes() for inner in loops_in(inner)), default=0
    )


def loops_in(node: nodes.Node) -> Iterator[nodes.For]:
    if isinstance(node, nodes.For):
        yield node
    else:
        yield from node.find_all(nodes.For)


def check_names(tree: nodes.Template) -> None:
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop", "range"}
    for name in tree.find_all(nodes.Name):
        known = [*PLAIN_NAMES, *GROUPS]
        if name.name not in own and name.name not in known:
            raise TemplateSyntaxError(unknown(name.name, known), name.lineno)
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name in GROUPS and part.node.name not in own:
            whole = [f"{part.node.name}.{attribute}" for attribute in GROUPS[part.node.name]]
            if not part.attr.startswith("_") and f"{part.node.name}.{part.attr}" not in whole:
                raise TemplateSyntaxError(unknown(f"{part.node.name}.{part.attr}", whole), part.lineno)


def unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    return f"unknown variable {name}{guess} (there are {', '.join(known)})"


def context_of(values: Mapping[str, object], write: Callable[[str], str]) -> dict[str, object]:
    """What a template sees: every known name, cleaned, a `Blank` where there is nothing."""
    context: dict[str, object] = {name: clean(name, values.get(name)) for name in PLAIN_NAMES}
    for group, attributes in GROUPS.items():
        given = values.get(group)
        inside = given if isinstance(given, Mapping) else {}
        context[group] = {name: clean(f"{group}.{name}", inside.get(name)) for name in attributes}
    return context | {PRINT: write}


def clean(name: str, value: object) -> str:
    text = "" if value is None else str(value)
    cleaned = many_lines(text, MANY_LIMIT) if name in MANY_LINES else one_line(text, ONE_LIMIT)
    return cleaned or Blank(name)
