"""What a full Sheet costs: a job run, and a lone lead, beside the tutorial's way. `make bench` runs it.

python -m tests.bench_google

The fake Sheet has Google's quota and answers as fast as Python can; sizes are without compression, and
there is no pause between messages. Each way runs in a process of its own, so that the memory is its own.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import yagmail
from gspread.exceptions import APIError

from tests.fakes.sheets import FakeSheets, connect
from tests.fakes.smtp import FakeSmtp
from tests.simulation.large import DUE_AT, DUE_ROWS, EVENTS, ROWS, fill
from tests.simulation.sheet import NOW, Shop
from tests.simulation.webs import Host

QUOTA, MINUTE = 60, 60
CELLS = {"Status": "Following up", "Last contact": "24/03/2026"}  # what a tutorial writes after a mail
TOMORROW = 46106  # 25 March 2026, as a Sheet counts days
LONE = 5
QUIET = 1.0  # seconds without a request, after which all is done


@dataclass(frozen=True)
class Cost:
    seconds: float
    own: float  # of the seconds, those at this process's processor
    memory: float  # MB, the most
    before: float  # of the memory, what the program took before it began
    did: int  # messages sent


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as sheets,
        FakeSmtp() as mail,
    ):
        fill(Shop(sheets, mail))
        bench = Bench(sheets, mail)
        print(f"a Sheet with {ROWS:,} rows and {EVENTS:,} events, {QUOTA} reads and {QUOTA} writes a minute:")
        bench.job("nothing due", NOW + timedelta(seconds=30))
        bench.job(f"{DUE_ROWS} due", DUE_AT)
        bench.tutorial()
        bench.lone(Path(folder))


class Bench:
    def __init__(self, sheets: FakeSheets, mail: FakeSmtp) -> None:
        self.sheets, self.mail = sheets, mail
        self._full = sheets.document.copy()
        self._parts = 0

    def job(self, what: str, at: datetime) -> None:
        cost = self._in_process("job", at.isoformat())
        print(f"job, {what}: {cost.did} mails, {self._requests()}")
        print(f"  {_in_words(cost)}", flush=True)

    def tutorial(self) -> None:
        """Every value that a tutorial reads and writes; it ends where the quota does."""
        cost = self._in_process("tutorial")
        writes, sent = len(CELLS) * DUE_ROWS, len(self.mail.messages)
        waits = (writes - 1) // QUOTA * MINUTE
        print(f"the tutorial's job (get_all_records, yagmail's send, update_cell), {DUE_ROWS} due:")
        print(f"  refused with 429 after mail {sent} and {cost.did} rows written: {self._requests()}")
        print(f"  {_in_words(cost)}")
        print(
            f"  had it waited: {waits + cost.seconds:.0f} s, computed from these seconds and the waits for",
            end=" ",
        )
        print(f"{writes} writes", flush=True)

    def lone(self, folder: Path) -> None:
        """From the webhook's answer to the row and the mail, each lead after the one before is done."""
        self._start_anew()
        with Host(folder, self.sheets, self.mail) as host:
            port = host.serve()
            self._wait_until_quiet()
            found = [self._one(host, port, f"lone{number}@example.net") for number in range(LONE)]
            memory = _memory(host.processes[-1].pid)
        median = {name: statistics.median(getattr(one, name) for one in found) for name in vars(found[0])}
        print(f"a lone lead at a web process, median of {LONE}:")
        print("  reads {reads}, writes {writes}, {up:.2f} MB up, {down:.1f} MB down".format(**median))
        print(f"  webhook's answer {1000 * median['answer']:.0f} ms", end="; ")
        print(f"from there {median['row']:.1f} s to the row, {median['mail']:.1f} s to the taken mail")
        print(f"  the web process: {memory:.0f} MB at most", flush=True)

    def _one(self, host: Host, port: int, email: str) -> SimpleNamespace:
        self.sheets.request_log.clear()
        count, started = len(self.mail.messages), time.perf_counter()
        host.post(port, email)
        answered = time.perf_counter()
        row = _seconds_until(lambda: self._is_written(email.encode()), answered)
        mail = _seconds_until(lambda: len(self.mail.messages) > count, answered)
        self._wait_until_quiet()
        up, down = self._bytes()
        return SimpleNamespace(
            answer=answered - started, row=row, mail=mail, reads=self.sheets.reads, writes=self.sheets.writes,
            up=up, down=down,
        )  # fmt: skip

    def _is_written(self, words: bytes) -> bool:
        return any(request.status == 200 and words in request.body for request in self.sheets.request_log)

    def _wait_until_quiet(self) -> None:
        count = -1
        while count != len(self.sheets.request_log):
            count = len(self.sheets.request_log)
            time.sleep(QUIET)

    def _in_process(self, *words: str) -> Cost:
        self._start_anew()
        sheets, mail = self.sheets, self.mail
        place = {
            "fake": {
                "url": sheets.url,
                "spreadsheet_id": sheets.spreadsheet_id,
                "service_account_json": sheets.service_account_json,
            },
            "server": {
                name: getattr(mail, name)
                for name in ("user", "password", "host", "port", "security", "ca_file")
            },
        }
        command = [sys.executable, "-m", "tests.bench_google", *words]
        told = json.dumps(place)
        done = subprocess.run(command, check=True, input=told, stdout=subprocess.PIPE, text=True)
        return Cost(**json.loads(done.stdout.splitlines()[-1]))

    def _start_anew(self) -> None:
        """The Sheet as it was filled, and a new minute of the quota."""
        self._parts += 1
        skipped = self._parts * MINUTE
        self.sheets.clock = lambda: time.monotonic() + skipped
        self.sheets.per_minute = QUOTA
        self.sheets.document.adopt(self._full.copy())
        self.sheets.request_log.clear()
        self.mail.messages.clear()

    def _requests(self) -> str:
        up, down = self._bytes()
        return f"reads {self.sheets.reads}, writes {self.sheets.writes}, {up:.2f} MB up, {down:.1f} MB down"

    def _bytes(self) -> tuple[float, float]:
        """MB up and down."""
        log = self.sheets.request_log
        return sum(len(one.body) for one in log) / 1e6, sum(one.answer_size for one in log) / 1e6


def _job(place: SimpleNamespace, at: str) -> Cost:
    shop = Shop(place.fake, place.server, datetime.fromisoformat(at))
    cost = _measured(lambda: shop.job().sent)
    assert not sum(shop.slept), "the job had to wait for the quota"
    return cost


def _tutorial(place: SimpleNamespace) -> Cost:
    """As the usual tutorial has it; `did` counts the rows written in full."""
    fake, server = place.fake, place.server
    warnings.simplefilter("ignore")
    plain = yagmail.SMTP(
        user=server.user, password=server.password, host=server.host, port=server.port,
        smtp_starttls=True, smtp_ssl=False,
    )  # fmt: skip

    def follow_up() -> int:
        sheet = connect(fake.url, fake.service_account_json).open_by_key(fake.spreadsheet_id)
        leads = sheet.worksheet("Leads")
        header, done = leads.row_values(1), 0
        try:
            for number, row in enumerate(leads.get_all_records(), 2):
                if isinstance(row["Next follow-up"], float) and row["Next follow-up"] < TOMORROW:
                    plain.send(row["Email"], "Following up", "Are you still interested?")
                    for name, value in CELLS.items():
                        leads.update_cell(number, header.index(name) + 1, value)
                    done += 1
        except APIError as error:
            if error.response.status_code != 429:
                raise
        return done

    return _measured(follow_up)


def _measured(work: Callable[[], int]) -> Cost:
    before, started, own = _memory(), time.perf_counter(), time.process_time()
    did = work()
    return Cost(time.perf_counter() - started, time.process_time() - own, _memory(), before, did)


def _memory(process: int | str = "self") -> float:
    """MB, the most so far. Not `ru_maxrss`: that begins with the memory of the process it was started by."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _seconds_until(holds: Callable[[], bool], since: float) -> float:
    while not holds():
        time.sleep(0.005)
    return time.perf_counter() - since


def _in_words(cost: Cost) -> str:
    return (
        f"{cost.seconds:.1f} s, {cost.own:.1f} s of them its own, "
        f"{cost.memory:.0f} MB of memory at most, {cost.before:.0f} MB before it began"
    )


WAYS = {"job": _job, "tutorial": _tutorial}

if __name__ == "__main__":
    if sys.argv[1:]:
        way, *words = sys.argv[1:]
        place = json.load(sys.stdin, object_hook=lambda part: SimpleNamespace(**part))
        print(json.dumps(asdict(WAYS[way](place, *words))))
    else:
        main()
