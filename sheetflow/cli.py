"""`python -m sheetflow COMMAND`."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from types import FrameType

import click

from sheetflow import checks, wiring
from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.explain import explain
from sheetflow.jobs.importing import find_mapping, import_csv, read_table
from sheetflow.jobs.loop import repeat
from sheetflow.jobs.run import JobReport, run_job
from sheetflow.jobs.upcoming import upcoming
from sheetflow.web.server import HOST, serve
from sheetflow.wiring import Wired
from sheetflow.workflow import tracked
from sheetflow.workflow.columns import COLUMNS, Whose, find_column
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.report import report as make_report
from sheetflow.workflow.terminal import lines_of
from sheetflow.workflow.tracked import Changes, Only, Typed, is_on

DONE, COULD_NOT, WRONG = 0, 1, 2
PORT = click.IntRange(1, 65535)

_stop = threading.Event()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Leads into your tracker, answered and followed up by e-mail."""


cli.add_command(explain)


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
    wired = _wire()
    server = serve(wiring.build_app(wired, takes_loopback=True), port)
    click.echo(f"sheetflow takes leads on http://{HOST}:{port}/leads - stop with Ctrl+C")
    repeat(lambda: _say(run_job(wired.ports)), 10, _stop)
    server.shutdown()


@cli.command("serve")
@click.option("--port", type=PORT, default=8000, show_default=True)
def serve_command(port: int) -> None:
    """The web app and its first responses, without the job."""
    server = serve(wiring.build_app(_wire(), takes_loopback=True), port)
    click.echo(f"sheetflow takes leads on http://{HOST}:{port}/leads - stop with Ctrl+C")
    _stop.wait()
    server.shutdown()


@cli.command()
@click.option("--dry-run", is_flag=True, help="Send and write nothing; say what would be done.")
@click.option("--json", "as_json", is_flag=True)
def job(dry_run: bool, as_json: bool) -> int:
    """One pass: send what is due, update the columns."""
    wired = _wire(quiet=True)
    try:
        done = run_job(wired.ports, dry_run=dry_run)
    except SheetflowError as error:
        done = JobReport(problems=(str(error),))
    if as_json:
        numbers = {name: getattr(done, name) for name in ("sent", "failed", "unknown", "held", "new")}
        would = {"would": [{"lead_id": lead, "step": step} for lead, step in done.would]} if dry_run else {}
        click.echo(json.dumps({**numbers, "problems": list(done.problems), **would}, ensure_ascii=False))
    else:
        _say(done, dry_run=dry_run)
    return COULD_NOT if done.problems else DONE


@cli.command()
@click.option("--minutes", type=click.IntRange(1, 1440), default=10, show_default=True)
def worker(minutes: int) -> None:
    """The job every few minutes, until stopped."""
    wired = _wire()
    repeat(lambda: _say(run_job(wired.ports)), minutes, _stop)


@cli.command()
def setup() -> None:
    """Create or repair the tracker. Safe to repeat."""
    for line in _wire(quiet=True).ports.tracker.setup():
        click.echo(line)


@cli.command()
@click.option("--send-to", metavar="ADDRESS", help="Send one test message there.")
def check(send_to: str | None) -> int:
    """Read the configuration, try every connection, say what is wrong and how to mend it."""
    findings = list(checks.check(_wire(quiet=True), send_to))
    for finding in findings:
        click.echo(f"{'ok   ' if finding.is_good else 'WRONG'}  {finding.words}")
    return max((finding.exit_code for finding in findings), default=DONE)


@cli.command()
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def plan(days: int, as_json: bool) -> None:
    """Who gets what and when, and why the others get nothing. Sends nothing."""
    lines = upcoming(_wire(quiet=True).ports, timedelta(days=days))
    if as_json:
        click.echo(json.dumps([line.to_json() for line in lines], ensure_ascii=False, indent=1))
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
    found = find_column(column)
    if found is None or found.whose is Whose.SHEETFLOW:
        free = ", ".join(column.header for column in COLUMNS if column.whose is not Whose.SHEETFLOW)
        raise ConfigError(f"COLUMN {column!r}: use one of: {free}")
    tracker, only = _wire(quiet=True).ports.tracker, Only(frozenset({lead_id}), tracked.LONG_AGO)
    before = [getattr(lead, found.field) for lead in tracker.snapshot(only).leads]
    if not before:
        raise ConfigError(f"LEAD_ID {lead_id!r}: no lead has it; `python -m sheetflow plan` lists them")
    tracker.commit(Changes(typed=(Typed(lead_id, found.field, value),)))
    after = [getattr(lead, found.field) for lead in tracker.snapshot(only).leads]
    if after == before and cell_text(before[0]) != value:
        raise SheetflowError(
            f"{lead_id}: {found.header} wasn't written: its row stands twice or is protected; "
            "Why and `python -m sheetflow check` say more"
        )
    click.echo(f"{lead_id}: {found.header} is {value!r}; the next job acts on it.")


@cli.command()
def pause() -> None:
    """Stop all sending; leads are still taken."""
    _switch(tracked.PAUSED)


@cli.command()
def resume() -> None:
    """Send again what is due."""
    _switch(tracked.ON)


@cli.command()
@click.option("--json", "as_json", is_flag=True)
def report(as_json: bool) -> None:
    """The numbers."""
    ports = _wire(quiet=True).ports
    numbers = make_report(ports.tracker.snapshot(), ports.workflow, ports.clock())
    if as_json:
        click.echo(json.dumps(numbers.to_json(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(lines_of(numbers)))


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--start", is_flag=True, help="Start the sequence; without it they arrive Paused.")
@click.option("--dry-run", is_flag=True, help="Store nothing; say what each column becomes.")
def import_command(file: Path, start: bool, dry_run: bool) -> None:
    """Take existing leads from a CSV file with headers."""
    wired = _wire(quiet=True)
    if dry_run:
        for header, field in find_mapping(file, wired.workflow):
            click.echo(f"{header}: {field}")
        return
    closed = wiring.why_closed(wired.settings)
    if closed:
        raise ConfigError(closed)
    with click.progressbar(length=len(read_table(file).rows), file=sys.stderr) as bar:
        done = import_csv(file, wired.ports, start=start, progress=bar.update)
    found = ", ".join(f"{count} {status}" for status, count in sorted(done.statuses.items()))
    click.echo(f"{file}: {found or 'no leads'}.")
    if done.file:
        click.echo(f"{len(done.left)} not imported: see {done.file}.")


def _wire(*, quiet: bool = False) -> Wired:
    logging.basicConfig(
        level=logging.WARNING if quiet else logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ask_to_stop)
    return wiring.build(wiring.read_settings(), sleep=_sleep, stopping=_stop.is_set)


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    _stop.set()


def _sleep(seconds: float) -> None:
    _stop.wait(seconds)


def _switch(word: str) -> None:
    tracker = _wire(quiet=True).ports.tracker
    tracker.commit(Changes(control={tracked.SENDING: word}))
    stands = tracker.snapshot().control.get(tracked.SENDING, "")
    if is_on(stands) != is_on(word):
        raise SheetflowError(f"Sending is {stands} all the same: `python -m sheetflow check` says why")
    click.echo(f"Sending is {word}.")


def _say(done: JobReport, *, dry_run: bool = False) -> None:
    for lead_id, step in done.would:
        click.echo(f"would send {step} to {lead_id}")
    if dry_run:
        click.echo(f"dry run: {len(done.would)} would be sent, nothing was sent or written")
    else:
        counts = f"{done.sent} sent, {done.failed} failed, {done.unknown} unknown"
        click.echo(f"{counts}, {done.held} held, {done.new} new")
    _complain(done.problems)


def _complain(problems: Iterable[str]) -> None:
    for problem in problems:
        click.echo(problem, err=True)
