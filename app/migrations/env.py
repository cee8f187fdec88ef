"""What Alembic runs: the migrations, or a comparison with the program's tables, on the connection it is handed.

It may be run only through `upgrade_database.py` and `draft_migration.py`, which hand it a connection in a transaction.
"""

from alembic import context

from app.migrations.comparison import COMPARISON, TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    transactional_ddl=True,  # on SQLite too, as `config.database` begins transactions itself
    render_as_batch=True,  # SQLite alters a table by making it anew
    **COMPARISON,
)
with context.begin_transaction():
    context.run_migrations()
