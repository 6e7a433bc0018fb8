"""What Alembic runs: the migrations, inside the transaction that `store.engine.migrate` has opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
