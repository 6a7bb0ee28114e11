"""The demonstration at a terminal: the timeline as it goes, then what has become of everybody."""

import os
import shutil
import sys
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill, shorten
from threading import Event

import click

from sheetflow.demo.play import Player
from sheetflow.demo.story import DAYS, START, ZONE
from sheetflow.demo.studio import open_studio
from sheetflow.demo.told import BY_HAND, CAME, LATE, LEFT, NEWS, STOPPED, Line
from sheetflow.workflow.lead import Row

PAUSE = 0.25  # seconds before each line, for whoever reads along
NARROWEST, WIDEST = 60, 120  # columns
NAME = 17  # columns
COLORS = {CAME: "cyan", LEFT: "green", BY_HAND: "yellow", LATE: "magenta", STOPPED: "red", NEWS: "blue"}


def perform(folder: Path, port: int, stop: Event, *, stays: bool) -> None:
    """Plays the story in an empty `folder`; with `stays` its pages are open until `stop`.

    Raises ConfigError if no port is free.
    """
    screen = Screen(stop)
    with open_studio(folder, port, stop) as studio:
        click.echo(
            f"{studio.ports.workflow.business.name}: two people, twelve enquiries, a fortnight in a minute.\n"
            "The webhook, the mail server, the ledger and the pages are real; only the clock jumps.\n"
            f"{CAME} comes in  {LEFT} goes out  {BY_HAND} by hand  {LATE} late  {STOPPED} stopped  "
            f"{NEWS} to the studio\n"
            f"Look on at {studio.url} - stop with Ctrl+C"
        )
        player = Player(studio, screen.show, stop.is_set)
        player.play()
        if stop.is_set():
            click.echo("\nStopped; nothing of it is kept.")
            return
        screen.conclude(player.rows, player.seconds)
        if stays:
            click.echo(
                f"\nAll of it is open at {studio.url} - stop with Ctrl+C; nothing of it is kept.\n"
                f"Be a lead yourself at {studio.url}/form"
            )
            if has_display():
                webbrowser.open(studio.url)
            player.go_on(stop)


class Screen:
    """At a terminal each line waits a little; elsewhere it comes as it happens."""

    def __init__(self, stop: Event) -> None:
        self._stop, self._pause = stop, PAUSE if sys.stdout.isatty() else 0.0
        self._width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
        self._lines: list[Line] = []
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a terminal may know no arrows

    def show(self, line: Line) -> None:
        self._stop.wait(self._pause)
        last = self._lines[-1] if self._lines else None
        if last is None or last.at.date() != line.at.date():
            click.secho(f"\n{_heading(line)}", bold=True)
        self._lines.append(line)
        goes_on = last is not None and (last.at, last.who) == (line.at, line.who)
        when, who = ("", "") if goes_on else (f"{line.at:%H:%M}", shorten(line.who, NAME, placeholder="…"))
        begins = f"  {when:5} {line.mark} {who:{NAME}} "
        measured = f" ({line.measured})" if line.measured else ""
        text = _printable(line.words + measured)
        words = fill(
            text, self._width, initial_indent=_printable(begins), subsequent_indent=" " * len(begins)
        )
        if line.mark in COLORS:
            words = words.replace(line.mark, click.style(line.mark, fg=COLORS[line.mark], bold=True), 1)
        click.secho(words, dim=line.mark not in COLORS or None)

    def conclude(self, rows: Sequence[Row], seconds: Mapping[str, float]) -> None:
        click.secho("\nWhat has become of them", bold=True)
        for text in (*_table(rows, self._width), "", *summary(self._lines, seconds)):
            click.echo(text)


def summary(lines: Sequence[Line], seconds: Mapping[str, float]) -> Iterator[str]:
    """The story in numbers, counted from its lines."""
    stopped: set[str] = set()
    left = late = 0
    for line in lines:
        if line.mark == STOPPED:
            stopped.add(line.who)
        elif line.mark == LEFT:
            left += 1
            late += line.who in stopped
    yield (
        f"{len(seconds)} enquiries, all answered, at night and on a Saturday too. "
        f"The slowest answer was at the mail server after {max(seconds.values()):.2f} s."
    )
    yield (
        f"{left} messages in all. {len(stopped)} sequences were stopped by a reply, a button, a bounce or an "
        f"opt-out; messages that left after that: {late}."
    )


def _printable(text: str) -> str:
    """Visitors of the pages type too: nothing of theirs may move the cursor."""
    return "".join(character if character.isprintable() else " " for character in text)


def _heading(line: Line) -> str:
    day = (line.at.date() - START.astimezone(ZONE).date()).days + 1
    bar = "━" * day + "╌" * (DAYS - day)
    return f"{bar} Day {day} of {DAYS}, {line.at:%A} {line.at.day} {line.at:%B}"


def _table(rows: Sequence[Row], width: int) -> Iterator[str]:
    yield _cells("Status", "Name", "Owner", "Mails", "Why", width)
    for row in rows:
        yield _cells(row["status"], row["name"], row["owner"], row["emails_sent"], row["why"], width)


def _cells(status: object, name: object, owner: object, mails: object, why: object, width: int) -> str:
    before = f"  {status!s:15}  {name!s:{NAME}}  {owner!s:5}  {mails!s:>5}  "
    return fill(str(why), width, initial_indent=before, subsequent_indent=" " * len(before))


def has_display() -> bool:
    """Whether somebody sits at this terminal who can see a browser."""
    shows = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return shows and sys.stdout.isatty()
