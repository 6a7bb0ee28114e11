"""The version of the ledger's tables: an older one is brought up to date, a newer one refused."""

from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from sheetflow.errors import ConfigError
from sheetflow.ledger.schema import metadata, version

HERE = Path(__file__).parent


def upgrade(connection: Connection, *, is_running: bool = False) -> bool:
    """Whether there were no tables at all. Raises ConfigError for those of a newer sheetflow.

    A process that runs already goes on with newer tables: they have only more than it knows.
    """
    known = sorted(path.stem[1:5] for path in (HERE / "versions").glob("v*.py"))
    is_new = not inspect(connection).has_table(version.name)
    found = "" if is_new else connection.execute(select(version.c.version_num)).scalar_one_or_none()
    if found and found not in known:
        if is_running:
            return False
        raise ConfigError(
            f"DATABASE_URL: this ledger has version {found} and was made by a newer sheetflow, which knows "
            f"more than this one ({known[-1]}): install the newer version again"
        )
    if found and found != known[-1]:
        _run_versions(connection)
    metadata.create_all(connection)
    if not found:
        connection.execute(insert(version).values(version_num=known[-1]))
    return is_new


def _run_versions(connection: Connection) -> None:
    # Here and not above: it takes longer to load than all of sheetflow, and is needed once.
    from alembic.command import upgrade as run
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    run(config, "head")
