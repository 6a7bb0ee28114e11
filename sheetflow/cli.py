"""`python -m sheetflow COMMAND`. What a command needs is imported when it runs: `--help` loads nothing."""

import atexit
import json
import logging
import queue
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from sheetflow.errors import ConfigError, SheetflowError

if TYPE_CHECKING:
    from sheetflow.jobs.run import JobReport
    from sheetflow.wired import Wired

DONE, COULD_NOT, WRONG = 0, 1, 2
PORT = click.IntRange(1, 65535)
MINUTES = 10  # between two jobs of `run`
MOST_ROWS = 2000  # of a table at a terminal; more are plain lines, which come at once

_stop = threading.Event()
_asked: queue.SimpleQueue[None] = queue.SimpleQueue()  # put in by a signal


def _stop_when_asked() -> None:
    _asked.get()
    _stop.set()


# A signal's handler runs amid whatever the main thread does: if it waited for a lock that this holds, as that
# of an Event, the program would never stop.
_listener = threading.Thread(target=_stop_when_asked, name="signals", daemon=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Leads into your Sheet, answered and followed up by e-mail."""


def main() -> None:
    """Runs a command; a user's mistake is one line a problem, never a traceback."""
    try:
        sys.exit(cli(standalone_mode=False) or DONE)
    except ConfigError as error:
        _complain(error.problems)
        sys.exit(WRONG)
    except SheetflowError as error:
        _complain([str(error)])
        sys.exit(COULD_NOT)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except click.Abort:
        sys.exit(COULD_NOT)


@cli.command()
@click.option("--port", type=PORT, default=8000, show_default=True)
def run(port: int) -> None:
    """Everything in one process: web, first responses, the job every 10 minutes."""
    from sheetflow.jobs.loop import repeat

    wired = _wire(sends=True)
    _serve(wired, port, lambda: repeat(lambda: _job(wired), MINUTES, _stop))


@cli.command("serve")
@click.option("--port", type=PORT, default=8000, show_default=True)
def serve_command(port: int) -> None:
    """The web app and its first responses, without the job."""
    _serve(_wire(keeps=False), port, _stop.wait)


@cli.command()
@click.option("--dry-run", is_flag=True, help="Send and write nothing; say what would be done.")
@click.option("--json", "as_json", is_flag=True)
def job(dry_run: bool, as_json: bool) -> int:
    """One pass: read the Sheet and the mailbox, send what is due, update the columns."""
    from sheetflow.jobs.run import JobReport, run_job

    try:
        ports = _wire(quiet=True, sends=True).ports
        with _progress(shows=not (as_json or dry_run)) as show:
            done = run_job(replace(ports, progress=show), dry_run=dry_run)
    except SheetflowError as error:
        done = JobReport(problems=(str(error),))
    if as_json:
        numbers = {name: getattr(done, name) for name in ("sent", "failed", "unknown", "held", "new")}
        would = {"would": [{"lead_id": lead, "step": step} for lead, step in done.would]} if dry_run else {}
        _print_json({**numbers, "problems": list(done.problems), **would})
    else:
        _say(done, dry_run=dry_run)
    return COULD_NOT if done.problems else DONE


@cli.command()
@click.option("--minutes", type=click.IntRange(1, 1440), default=MINUTES, show_default=True)
def worker(minutes: int) -> None:
    """The job every few minutes, until stopped."""
    from sheetflow import wiring
    from sheetflow.jobs.loop import repeat

    wired = _wire(sends=True)
    wiring.open_ledger(wired)
    repeat(lambda: _job(wired), minutes, _stop)


@cli.command()
@click.option("--take-over", is_flag=True, help="Make the Sheet this ledger's own, whosever it was.")
def setup(take_over: bool) -> None:
    """Make or upgrade the ledger; create or repair the Sheet. Safe to repeat."""
    wired = _wire(quiet=True)
    with wired.ports.ledger.writing():
        click.echo(f"The ledger is ready: {wired.ports.ledger.database.name}.")
    for line in wired.ports.sheet.setup(take_over=take_over):
        click.echo(line)


@cli.command()
def restore() -> None:
    """Fill a lost ledger from the Sheet, and take the Sheet over."""
    sheet = _wire(quiet=True).ports.sheet
    with _progress() as show:
        show("restoring from the Sheet", 0, 0)
        lines = sheet.restore()
    for line in lines:
        click.echo(line)


@cli.command()
@click.option("--send-to", metavar="ADDRESS", help="Send one test message there, and one to each channel.")
def check(send_to: str | None) -> int:
    """Read the configuration, try every connection, say what is wrong and how to mend it."""
    from sheetflow import checks
    from sheetflow.workflow.lead import looks_like_email

    if send_to and not looks_like_email(send_to):
        raise ConfigError(f"--send-to {send_to!r}: use an address like lea@example.com")
    worst = DONE

    def found() -> Iterator[tuple[bool, str]]:
        nonlocal worst
        for finding in checks.check(_wire(quiet=True, keeps=False), send_to):
            worst = max(worst, finding.exit_code)
            yield finding.is_good, finding.words

    if _is_terminal():
        from sheetflow.screen import show_findings

        show_findings(found())
    else:
        for is_good, words in found():
            click.echo(f"{'ok   ' if is_good else 'WRONG'}  {words}")
    return worst


@cli.command()
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def plan(days: int, as_json: bool) -> None:
    """Who gets what and when, and why the others get nothing. Sends nothing."""
    from sheetflow.jobs.upcoming import upcoming
    from sheetflow.workflow.numbers import printable
    from sheetflow.workflow.plan import WHO

    lines = upcoming(_wire(quiet=True).ports, timedelta(days=days))
    if as_json:
        _print_json([line.to_json() for line in lines])
        return
    if not lines:
        click.echo("No leads yet.")
    elif _is_terminal() and len(lines) <= MOST_ROWS:
        from sheetflow.screen import show_plan

        show_plan(lines)
    else:
        for line in lines:
            at = line.at.strftime("%a %d %b %Y %H:%M") if line.at else "-"
            lead = f"{line.lead_id}  {line.who:<{WHO}}"
            click.echo(f"{at:<21}  {lead}  {line.action:<4}  {line.step:<14}  {printable(line.why)}")


@cli.command("set")
@click.argument("lead_id")
@click.argument("column")
@click.argument("value")
def set_cell(lead_id: str, column: str, value: str) -> None:
    """Type VALUE into a cell, as an owner does in the Sheet."""
    from sheetflow.jobs import owner

    cell = owner.type_into(_wire(quiet=True).ports, lead_id, column, value)
    click.echo(f"{lead_id}: {cell.header} is {cell.text!r}. {cell.why}")


@cli.command()
def pause() -> None:
    """Stop all sending; leads are still taken."""
    _switch("PAUSED")


@cli.command()
def resume() -> None:
    """Send again what is due."""
    _switch("ON")


@cli.command()
@click.option(
    "--steps", "of_steps", is_flag=True, help="What steps, variants and sources bring, and what that tells."
)
@click.option("--json", "as_json", is_flag=True)
def report(of_steps: bool, as_json: bool) -> None:
    """The numbers."""
    from sheetflow.workflow.report import report as make_report
    from sheetflow.workflow.sections import sections_of, steps_of
    from sheetflow.workflow.steps import conclusions
    from sheetflow.workflow.terminal import lines_of

    ports = _wire(quiet=True).ports
    with ports.ledger.reading() as book:
        numbers = make_report(book.counted(), ports.workflow, ports.clock(), book.advice())
    sections = steps_of if of_steps else sections_of
    if as_json:
        _print_json({**numbers.to_json(), "conclusions": conclusions(numbers)})
    elif _is_terminal():
        from sheetflow.screen import show_report

        show_report(numbers, sections(numbers))
    else:
        click.echo("\n".join(lines_of(numbers, sections)))


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--start", is_flag=True, help="Start the sequence; without it they arrive Paused.")
@click.option("--dry-run", is_flag=True, help="Store nothing; say what each column becomes.")
def import_command(file: Path, start: bool, dry_run: bool) -> None:
    """Take existing leads from a CSV file with headers."""
    from sheetflow.jobs.importing import find_mapping, import_csv, read_table

    wired = _wire(quiet=True, keeps=not dry_run)
    if dry_run:
        for header, field in find_mapping(file, wired.workflow):
            click.echo(f"{header}: {field}")
        return
    with _progress() as show:
        total, imported = len(read_table(file).rows), 0

        def advance(rows: int) -> None:
            nonlocal imported
            imported += rows
            show("importing", imported, total)

        done = import_csv(file, wired.ports, start=start, progress=advance)
    found = ", ".join(f"{count} {status}" for status, count in sorted(done.statuses.items()))
    click.echo(f"{file}: {found or 'no leads'}.")
    if "accepted" in done.statuses and not start:
        click.echo("Accepted leads are Paused: nothing is sent to them before you set New.")
    if done.file:
        click.echo(f"{len(done.left)} not imported: see {done.file}.")


@cli.command()
@click.option("--json", "as_json", is_flag=True)
def export(as_json: bool) -> None:
    """All leads in order of arrival, as CSV with the Sheet's headers."""
    from sheetflow.jobs.export import objects, write_csv

    ports = _wire(quiet=True).ports
    if as_json:
        _print_json(list(objects(ports)))
        return
    # UTF-8 wherever it goes: a file made by `>` is read by other programs.
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as stdout:
        write_csv(ports, stdout)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--type", "content_type", metavar="TYPE", help="The Content-Type, if the name doesn't tell.")
@click.option("--source", default="", metavar="NAME", help="The source, as in /leads/NAME.")
@click.option("--json", "as_json", is_flag=True)
def explain(files: tuple[str, ...], content_type: str | None, source: str, as_json: bool) -> None:
    """How a webhook's body or a mail (.eml) is understood. Stores and sends nothing."""
    from sheetflow import wiring
    from sheetflow.business import read_workflow
    from sheetflow.explain import explain_files, lines_of

    workflow = read_workflow(wiring.read_settings().config)
    entries = explain_files(files, content_type, source, workflow)
    if as_json:
        _print_json(entries)
    else:
        click.echo(lines_of(entries))


@cli.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Don't ask.")
def lift(email: str, yes: bool) -> None:
    """Take an address off the suppression list: mail may go there again."""
    from sheetflow.jobs import owner

    ports = _wire(quiet=True).ports
    why = owner.why_suppressed(ports, email)
    if not yes:
        click.echo(f"{email} gets no mail: {why}. A sequence that this alone has stopped goes on.")
        click.confirm("Should mail go there again?", abort=True)
    found = owner.lift(ports, email)
    click.echo(f"{email} may get mail again.")
    for lead_id, next_step in found:
        click.echo(f"{lead_id}: {next_step}")


@cli.command()
@click.argument("email")
def forget(email: str) -> None:
    """Erase a person; only the hash of the address stays, so that nothing is sent there."""
    from sheetflow.jobs import owner
    from sheetflow.mail.outbox import erase

    wired = _wire(quiet=True)
    found = owner.forget(wired.ports, email)
    files = erase(wired.outbox, found, email.strip())
    also = f", and {files} message{'s' if files != 1 else ''} from the outbox" if files else ""
    click.echo(f"{', '.join(found)}: erased from the ledger{also}.")
    if wired.settings.sheet_id:
        later = owner.empty_rows(wired.ports)
        click.echo(
            f"The next job empties the row and the lines in the Sheet: {later}"
            if later
            else "The row and the lines in the Sheet are empty too, but for columns of your own."
        )


@cli.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Or the next one that is free.")
@click.option("--exit", "ends", is_flag=True, help="End with the story; show no pages.")
def demo(port: int, ends: bool) -> None:
    """A small studio's fortnight in a minute. Reads and touches nothing of yours."""
    _begin(quiet=True)
    from sheetflow.demo.screen import perform

    folder = tempfile.mkdtemp(prefix="sheetflow-demo-")
    # The last of all: threads that still work in it are stopped at the end of the process too.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    perform(Path(folder), port, _stop, stays=not ends)


def _wire(*, quiet: bool = False, sends: bool = False, keeps: bool = True) -> "Wired":
    """Raises ConfigError if a command that sends, or needs a ledger that lasts, can't work as configured."""
    from sheetflow import wiring

    _begin(quiet=quiet)
    settings = wiring.read_settings()
    refused = [settings.half_configured if sends else "", settings.closed if keeps else ""]
    if any(refused):
        raise ConfigError(*filter(None, refused))
    return wiring.build(settings, sleep=_sleep, stopping=_stop.is_set)


def _begin(*, quiet: bool) -> None:
    logging.basicConfig(
        level=logging.WARNING if quiet else logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    if _listener.ident is None:
        _listener.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ask_to_stop)


def _serve(wired: "Wired", port: int, until: Callable[[], object]) -> None:
    from sheetflow import wiring
    from sheetflow.web.server import HOST, serve

    server = serve(wiring.build_app(wired, takes_loopback=True), port)
    click.echo(
        f"sheetflow takes leads on http://{HOST}:{port}/leads, and shows them there - stop with Ctrl+C"
    )
    until()
    server.shutdown()


def _job(wired: "Wired") -> None:
    from sheetflow.jobs.run import run_job

    _say(run_job(wired.ports))


def _is_terminal() -> bool:
    """Whether somebody reads it as it comes; a program gets plain lines, always the same."""
    return sys.stdout.isatty()


@contextmanager
def _progress(*, shows: bool = True) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr at a terminal, nothing elsewhere."""
    if not (shows and sys.stderr.isatty()):
        yield lambda what, done, total: None
        return
    from sheetflow.screen import progress

    with progress() as show:
        yield show


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    _asked.put(None)


def _sleep(seconds: float) -> None:
    _stop.wait(seconds)


def _switch(word: str) -> None:
    from sheetflow.jobs import owner

    owner.say(_wire(quiet=True).ports, word)
    click.echo(f"Sending is {word}.")


def _say(done: "JobReport", *, dry_run: bool = False) -> None:
    for lead_id, step in done.would:
        click.echo(f"would send {step} to {lead_id}")
    if dry_run:
        click.echo(f"dry run: {len(done.would)} would be sent, nothing was sent or written")
    else:
        counts = f"{done.sent} sent, {done.failed} failed, {done.unknown} unknown"
        click.echo(f"{counts}, {done.held} held, {done.new} new")
    _complain(done.problems)


def _print_json(found: object) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _complain(problems: Iterable[str]) -> None:
    for problem in problems:
        click.echo(problem, err=True)
