"""Imports point one way; the domain needs nothing but the standard library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sheetflow"

READING = {"environment", "tomlfile", "settings", "rules", "business"}
ADAPTERS = {"ledger", "sheet", "mail", "capture", "replies", "ai", "channels", "heartbeat"}

# Every part of the package, and the parts it may import besides itself and `errors`.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "workflow": set(),
    "environment": set(),
    "tomlfile": set(),
    "settings": {"environment", "workflow"},
    "rules": {"tomlfile", "workflow"},
    "business": {"rules", "tomlfile", "workflow"},
    **{adapter: {"workflow"} for adapter in ADAPTERS},
    "sheet": {"ledger", "workflow"},
    "jobs": {"ledger", "workflow", "capture", "replies"},
    "web": {"jobs", "ledger", "capture", "workflow"},
    "wired": {"settings", "jobs", "mail", "workflow"},
    "checks": {"wired", "ledger", "mail", "ai", "channels", "capture", "workflow"},
    "explain": {"capture", "replies", "workflow"},
    "wiring": {"checks", "explain", "wired", "web", "jobs", "workflow", *ADAPTERS, *READING},
    "demo": {"wiring", "web", "jobs", "workflow"},
    "screen": {"workflow"},
    "cli": {
        *("demo", "checks", "explain", "screen", "wired", "wiring"),
        *("web", "business", "jobs", "mail", "workflow"),
    },
    "__main__": {"cli"},
}
# gunicorn asks this module for a whole app, and only wiring can make one.
GUNICORNS_DOOR = (Path("web/__init__.py"), "wiring")


def breaches(package: Path) -> list[str]:
    """A sentence for each import against the direction."""
    return [
        sentence
        for path in sorted(package.rglob("*.py"))
        if path != package / "__init__.py"
        for sentence in _breaches_of(path.relative_to(package), ast.parse(path.read_text()))
    ]


def _breaches_of(path: Path, tree: ast.Module) -> Iterator[str]:
    part = path.parts[0].removesuffix(".py")
    if part not in MAY_IMPORT:
        yield f"{path}: {part} has no place among the layers"
        return
    for module, line in _imports(path, tree):
        package, _, inside = module.partition(".")
        target = inside.partition(".")[0]
        if package != "sheetflow":
            if part == "workflow" and package not in sys.stdlib_module_names:
                yield f"{path}:{line}: workflow imports {package}, which isn't in the standard library"
        elif (
            target and target not in {part, "errors"} | MAY_IMPORT[part] and (path, target) != GUNICORNS_DOOR
        ):
            yield f"{path}:{line}: {part} imports {target}"


def _imports(path: Path, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Full names of all that is imported anywhere in a module, and the lines."""
    folders = ("sheetflow", *path.parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(folders[: len(folders) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            # `from sheetflow import web` imports a part without naming it before `import`.
            yield from ((f"{module}.{name.name}", node.lineno) for name in node.names)


def test_every_import_of_the_package_points_the_right_way():
    assert breaches(PACKAGE) == []


@pytest.mark.parametrize(
    ("path", "source", "sentence"),
    [
        ("workflow/decide.py", "import requests", "workflow imports requests, which isn't in the standard"),
        ("workflow/decide.py", "from sheetflow.mail import smtp", "workflow imports mail"),
        ("workflow/decide.py", "from sheetflow import mail", "workflow imports mail"),
        ("workflow/decide.py", "from ..mail import smtp", "workflow imports mail"),
        ("workflow/decide.py", "from .. import mail", "workflow imports mail"),
        ("workflow/decide.py", "def late():\n    import sheetflow.jobs.send", "workflow imports jobs"),
        ("ledger/book.py", "from sheetflow.mail.smtp import SmtpTransport", "ledger imports mail"),
        ("mail/smtp.py", "from sheetflow.settings import Settings", "mail imports settings"),
        ("jobs/send.py", "from sheetflow.sheet.sync import GoogleSheet", "jobs imports sheet"),
        ("jobs/send.py", "from sheetflow.web import leads", "jobs imports web"),
        ("web/leads.py", "from sheetflow.mail import smtp", "web imports mail"),
        ("web/leads.py", "from sheetflow.settings import Settings", "web imports settings"),
        ("web/leads.py", "from sheetflow import wiring", "web imports wiring"),
        ("settings.py", "import sheetflow.wiring", "settings imports wiring"),
        ("errors.py", "from sheetflow.workflow import lead", "errors imports workflow"),
        ("wiring.py", "from sheetflow.cli import main", "wiring imports cli"),
        ("cli.py", "from sheetflow.sheet import sync", "cli imports sheet"),
        ("utils.py", "", "utils has no place among the layers"),
    ],
)
def test_an_import_against_the_direction_is_named(tmp_path, path, source, sentence):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(source)
    [found] = breaches(tmp_path)
    assert found.startswith(path)
    assert sentence in found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "workflow/decide.py",
            "import datetime\nfrom sheetflow.workflow.lead import Lead\nfrom .lead import Lead",
        ),
        ("jobs/send.py", "from sheetflow.errors import ConfigError\nfrom sheetflow.replies import verdict"),
        ("ledger/book.py", "import sqlalchemy\nfrom sheetflow import errors"),
        (
            "wiring.py",
            "from sheetflow.sheet.sync import GoogleSheet\nfrom sheetflow.settings import Settings",
        ),
        ("cli.py", "from sheetflow import wiring"),
        ("web/__init__.py", "def create_app():\n    from sheetflow import wiring"),
        ("__main__.py", "from sheetflow.cli import main"),
    ],
)
def test_imports_along_the_direction_pass(tmp_path, path, source):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(source)
    assert breaches(tmp_path) == []


def circles(package: Path) -> list[str]:
    """Modules that need each other before either of them is loaded."""
    needs = {
        ".".join(("sheetflow", *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__"): {
            module for module, _ in _at_loading(path.relative_to(package), ast.parse(path.read_text()))
        }
        for path in package.rglob("*.py")
    }
    reached = {name: _reach(name, needs) for name in needs}
    return sorted(name for name, found in reached.items() if name in found)


def _reach(name: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs[name])
    while waiting:
        module = waiting.pop()
        # `from a.b import c` is of the module a.b.c, else of a.b.
        target = module if module in needs else module.rpartition(".")[0]
        if target in needs and target not in found:
            found.add(target)
            waiting += needs[target]
    return found


def _at_loading(path: Path, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The imports of a module outside its functions and outside `if TYPE_CHECKING`."""
    now = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return _imports(path, ast.Module(now, []))


def test_no_module_needs_itself() -> None:
    assert circles(PACKAGE) == []


def test_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/app.py").write_text("from sheetflow.web import health")
    (tmp_path / "web/health.py").write_text("from sheetflow.web.app import Site")
    assert circles(tmp_path) == ["sheetflow.web.app", "sheetflow.web.health"]
