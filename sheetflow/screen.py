"""Tables and progress as wide as the terminal. Loaded at a terminal alone: a pipe gets plain lines.

What leads wrote is shown as text: neither rich's markup nor a control character in it does anything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sheetflow.workflow.numbers import Report, printable
from sheetflow.workflow.plan import Planned
from sheetflow.workflow.sections import Section, title_of

NARROW = 76  # columns: in fewer a plan is a list

_ACTIONS = {"send": "green", "wait": "", "hold": "bold yellow", "stop": "dim"}
_FINDINGS = {True: ("ok", "green"), False: ("WRONG", "bold red")}


def show_plan(lines: Sequence[Planned]) -> None:
    console = _console()
    if console.width < NARROW:
        for line in lines:
            console.print(_text(f"{_at(line)}  {line.lead_id}  {line.who}", "bold"))
            what = _text(f"{line.action}  {_what(line)}", _ACTIONS[line.action])
            console.print(Padding(what, (0, 0, 1, 2)))
        return
    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    for title in ("when", "lead", "who", "what"):
        table.add_column(title, no_wrap=True)
    table.add_column("step, or why not")
    for line in lines:
        action = _text(line.action, _ACTIONS[line.action])
        table.add_row(_text(_at(line)), _text(line.lead_id), _text(line.who), action, _text(_what(line)))
    console.print(table)


def show_report(report: Report, sections: Iterable[Section]) -> None:
    console = _console()
    console.print(_text(title_of(report), "bold"))
    for section in sections:
        console.print()
        console.print(_text(section.title, "bold"))
        console.print(_text(section.about, "dim"))
        if section.rows:
            console.print(_table(section))
        for who, why in section.remarks:
            console.print(_text(who))
            if why:
                console.print(Padding(_text(why), (0, 0, 0, 2)))


def show_findings(findings: Iterable[tuple[bool, str]]) -> None:
    """Each as it comes; each may take a server's time."""
    console = _console()
    with console.status("trying …"):
        for is_good, words in findings:
            label, style = _FINDINGS[is_good]
            row = Table.grid(padding=(0, 2, 0, 0))
            row.add_column(width=5)
            row.add_column(overflow="fold")
            row.add_row(_text(label, style), _text(words))
            console.print(row)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Call it with what is being done, how many are done, and of how many; 0 of 0 if that isn't known."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # Gone when it is done: what came of it is said in words.
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield show


def _console(*, stderr: bool = False) -> Console:
    return Console(markup=False, emoji=False, highlight=False, stderr=stderr)


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style, overflow="fold")


def _at(line: Planned) -> str:
    return f"{line.at:%a} {line.at.day} {line.at:%b, %H:%M}" if line.at else "–"


def _what(line: Planned) -> str:
    return line.step if line.action == "send" else line.why


def _table(section: Section) -> Table:
    head, rows = (section.rows[0], section.rows[1:]) if section.has_head else (None, section.rows)
    table = Table(
        box=SIMPLE_HEAD if head else None, show_header=head is not None, pad_edge=False, show_edge=False
    )
    for at, title in enumerate(head or rows[0]):
        side: JustifyMethod = "left" if at in section.left else "right"
        table.add_column(_text(str(title)) if head else "", justify=side, overflow="fold")
    for row in rows:
        table.add_row(*(_text(str(cell)) for cell in row))
    return table
