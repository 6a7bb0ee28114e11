"""What Alembic runs to bring the tables of an open connection up to date."""

from alembic import context

from sheetflow.ledger.schema import metadata, version

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=version.name,
)
context.run_migrations()
