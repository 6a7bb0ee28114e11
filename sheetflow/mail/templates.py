"""Message templates: a `Subject:` line, an empty line, then Markdown with Jinja.

`{{ service or "your enquiry" }}` and `{% if service %}…{% endif %}` are how a template says what
happens where a lead didn't say; a blank is never printed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from jinja2.exceptions import TemplateSyntaxError

from sheetflow.errors import TemplateError
from sheetflow.mail.address import one_line
from sheetflow.mail.markdown import Slots, both_shapes
from sheetflow.mail.sandbox import NAMES, PRINT, Blanked, at_most, compiled, context_of

SUBJECT_LIMIT = 200

# As other programs write what is to be filled in: {first_name}, [First name], %first_name%. Links in Markdown
# have brackets too.
_LOOKALIKE = re.compile(r"\{ *([\w. ]+?) *\}|\[([\w. ]+)\](?![(\[:])|%([\w.]+)%")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")


@dataclass(frozen=True)
class Rendered:
    """`html` is what stands inside a page's body; `text` says the same in plain words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Source:
    """A template's file, split. Both pieces keep their line numbers by empty lines before them."""

    file: str
    subject: str
    body: str


@dataclass(frozen=True)
class Templates:
    """The templates of a folder, read afresh for each message: an owner edits them while mail goes out."""

    folder: Path
    longest: float = 2.0  # seconds that one message may take

    def render(self, name: str, values: Mapping[str, object]) -> Rendered:
        """`values` as `sandbox.PLAIN_NAMES` and `sandbox.GROUPS` name them; what is missing is empty.

        Raises TemplateError that names file, line and variable.
        """
        source, slots, context = read_source(self.folder, name), Slots(), context_of(values)
        try:
            # Tracing makes all that runs ten times slower, so what follows the filling isn't counted.
            with at_most(self.longest):
                subject = one_line(fill(source.file, source.subject, context, str), SUBJECT_LIMIT)
                body = fill(source.file, source.body, context, slots.write)
            text, html = both_shapes(body, slots)
        except (TimeoutError, ValueError) as error:
            raise TemplateError(f"{source.file}: {error}") from error
        if not subject or not text.strip():
            raise TemplateError(f"{source.file}: {'the text' if subject else 'the Subject'} is empty")
        return Rendered(subject, text, html)

    def problems(
        self, names: Iterable[str], full: Mapping[str, object], sparse: Mapping[str, object]
    ) -> list[str]:
        """What is wrong, tried on the values of a lead that says all and of one that gives an e-mail only."""
        found: dict[str, None] = {}
        for name in names:
            for values, whose in ((full, ""), (sparse, " (for a lead of whom only the e-mail is known)")):
                try:
                    self.render(name, values)
                except TemplateError as error:
                    found.setdefault(f"{error}{whose}")
                    break
        return list(found)


def read_source(folder: Path, name: str) -> Source:
    path = folder / f"{name}.md"
    if not re.fullmatch(r"[\w-][\w.-]*", name) or not path.is_file():
        there = ", ".join(sorted(file.stem for file in folder.glob("*.md"))) or "none"
        raise TemplateError(f"no template {one_line(str(path), 200)}; there are: {there}")
    subject, *rest = [*read_text(path).split("\n"), "", ""][:-1]
    if not subject.lower().startswith("subject:"):
        raise TemplateError(f"{path.name}, line 1: must be `Subject: …`, is {one_line(subject, 60)!r}")
    if rest[0].strip():
        raise TemplateError(f"{path.name}, line 2: must be empty, is {one_line(rest[0], 60)!r}")
    for number, line in enumerate((subject, *rest), 1):
        refuse_lookalikes(path.name, number, line)
    return Source(path.name, subject.partition(":")[2].strip(), "\n\n" + "\n".join(rest[1:]))


def refuse_lookalikes(file: str, number: int, line: str) -> None:
    """A variable's name in other brackets than Jinja's would reach the lead as it stands."""
    for found in _LOOKALIKE.finditer(_JINJA.sub("", line)):
        name = "_".join((found[1] or found[2] or found[3]).lower().split())
        if name in NAMES:
            raise TemplateError(
                f"{file}, line {number}: {found[0]} would be sent as it stands; write {{{{ {name} }}}}"
            )


def read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TemplateError(f"{path.name}, line {line}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise TemplateError(f"{path.name}: can't be read: {error.strerror}") from error
    return text.replace("\r\n", "\n")


def fill(file: str, source: str, context: Mapping[str, object], write: Callable[[str], str]) -> str:
    """`source` with each printed value as `write` gives it."""
    try:
        return "".join(compiled(source).generate({**context, PRINT: write}))
    except TimeoutError:
        raise
    except TemplateSyntaxError as error:
        raise TemplateError(f"{file}, line {error.lineno}: {error.message}") from error
    except Blanked as error:
        line = line_of(error.__traceback__)
        raise TemplateError(f"{file}, line {line}: {blank_sentence(error.name, source, line)}") from error
    except Exception as error:  # a template can do anything wrong that a program can
        line = line_of(error.__traceback__)
        raise TemplateError(f"{file}, line {line}: {one_line(str(error), 300)}") from error


def blank_sentence(name: str, source: str, line: int) -> str:
    said = name or one_line(source.split("\n")[line - 1], 80)
    example = name or "service"
    instead = "there" if name in ("name", "first_name") else "your enquiry"
    return (
        f"{said} is empty here, and a blank is never sent; write"
        f' {{{{ {example} or "{instead}" }}}} or put it inside {{% if {example} %}} … {{% endif %}}'
    )


def line_of(traceback: TracebackType | None) -> int:
    """Jinja's tracebacks speak of the template's lines, under the name of a file that doesn't exist."""
    line = 1
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
