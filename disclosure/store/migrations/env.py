"""Runs the migrations on the connection that ``disclosure.store.schema`` hands over."""

from alembic import context

from disclosure.store.sql import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
)
with context.begin_transaction():
    context.run_migrations()
