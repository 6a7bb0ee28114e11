"""A command as a user starts it, and after its own words a line with what it took: JSON.

python -m tests.bench.measured COMMAND…
"""

import json
import re
import time
from pathlib import Path

from sheetflow.cli import main


def peak() -> float:
    """MB; not `ru_maxrss`, which begins with what the parent had."""
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


if __name__ == "__main__":
    try:
        main()
    except SystemExit as ended:
        took = {"code": ended.code, "seconds": time.process_time(), "memory": peak()}
        print(json.dumps(took))
