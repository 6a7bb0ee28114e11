"""`python -m sheetflow COMMAND`. What a command needs is imported when it runs: `--help` loads nothing."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from sheetflow.errors import ConfigError, SheetflowError

if TYPE_CHECKING:
    from sheetflow.jobs.run import JobReport
    from sheetflow.wiring import Wired

DONE, COULD_NOT, WRONG = 0, 1, 2
PORT = click.IntRange(1, 65535)
MINUTES = 10  # between two jobs of `run`

_stop = threading.Event()


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
        done = run_job(_wire(quiet=True, sends=True).ports, dry_run=dry_run)
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
    for line in _wire(quiet=True).ports.sheet.restore():
        click.echo(line)


@cli.command()
@click.option("--send-to", metavar="ADDRESS", help="Send one test message there, and one to each channel.")
def check(send_to: str | None) -> int:
    """Read the configuration, try every connection, say what is wrong and how to mend it."""
    from sheetflow import checks

    findings = []
    for finding in checks.check(_wire(quiet=True, keeps=False), send_to):
        findings.append(finding)
        click.echo(f"{'ok   ' if finding.is_good else 'WRONG'}  {finding.words}")
    return max((finding.exit_code for finding in findings), default=DONE)


@cli.command()
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def plan(days: int, as_json: bool) -> None:
    """Who gets what and when, and why the others get nothing. Sends nothing."""
    from sheetflow.jobs.upcoming import upcoming

    lines = upcoming(_wire(quiet=True).ports, timedelta(days=days))
    if as_json:
        _print_json([line.to_json() for line in lines])
        return
    for line in lines:
        at = line.at.strftime("%a %d %b %Y %H:%M") if line.at else "-"
        click.echo(f"{at:<21}  {line.lead_id}  {line.action:<4}  {line.step:<14}  {line.why}")
    if not lines:
        click.echo("No leads yet.")


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
@click.option("--json", "as_json", is_flag=True)
def report(as_json: bool) -> None:
    """The numbers."""
    from sheetflow.workflow.report import report as make_report
    from sheetflow.workflow.terminal import lines_of

    ports = _wire(quiet=True).ports
    with ports.ledger.reading() as book:
        numbers = make_report(book.counted(), ports.workflow, ports.clock(), book.advice())
    if as_json:
        _print_json(numbers.to_json())
    else:
        click.echo("\n".join(lines_of(numbers)))


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
    with click.progressbar(length=len(read_table(file).rows), file=sys.stderr) as bar:
        done = import_csv(file, wired.ports, start=start, progress=bar.update)
    found = ", ".join(f"{count} {status}" for status, count in sorted(done.statuses.items()))
    click.echo(f"{file}: {found or 'no leads'}.")
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
    from sheetflow.explain import explain_files, lines_of

    entries = explain_files(files, content_type, source)
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
            else "The row and the lines in the Sheet are empty too."
        )


def _wire(*, quiet: bool = False, sends: bool = False, keeps: bool = True) -> "Wired":
    """Raises ConfigError if a command that sends, or needs a ledger that lasts, can't work as configured."""
    from sheetflow import wiring

    logging.basicConfig(
        level=logging.WARNING if quiet else logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ask_to_stop)
    settings = wiring.read_settings()
    refused = [settings.half_configured if sends else "", settings.closed if keeps else ""]
    if any(refused):
        raise ConfigError(*filter(None, refused))
    return wiring.build(settings, sleep=_sleep, stopping=_stop.is_set)


def _serve(wired: "Wired", port: int, until: Callable[[], object]) -> None:
    from sheetflow import wiring
    from sheetflow.web.server import HOST, serve

    server = serve(wiring.build_app(wired, takes_loopback=True), port)
    click.echo(f"sheetflow takes leads on http://{HOST}:{port}/leads - stop with Ctrl+C")
    until()
    server.shutdown()


def _job(wired: "Wired") -> None:
    from sheetflow.jobs.run import run_job

    _say(run_job(wired.ports))


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    _stop.set()


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
