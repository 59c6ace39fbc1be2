"""Alembic's environment: runs on the connection it is handed, or on alembic.ini's address."""

from alembic import context
from sqlalchemy import Connection, create_engine

from archiver.store.tables import Base


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed: Connection | None = context.config.attributes.get("connection")
if handed is not None:
    migrate(handed)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url") or "").begin() as own:
        migrate(own)
