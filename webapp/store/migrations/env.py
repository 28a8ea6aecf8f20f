"""Alembic's way in: runs the chain over the connection that `migrate` hands it."""

from alembic import context

from webapp.store.database import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
