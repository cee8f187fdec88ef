"""Officials are told of what happened and what waits: notices, what each wants told how, and mails to be sent."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an official's address, and make the tables of notices, choices and mails."""
    op.add_column("officials", sa.Column("email", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "notice_choices",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("login", "kind", name=op.f("pk_notice_choices")),
    )
    _make_mails()
    _make_notices()


def _make_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    for column in ("recipient", "state"):
        op.create_index(op.f(f"ix_mails_{column}"), "mails", [column], unique=False)


def _make_notices() -> None:
    names = ("kind", "thing", "recipient", "occasion")
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in names),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("over_at", UtcDateTime(), nullable=True),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_notices_mail_id_mails")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(*names, name=op.f("uq_notices_kind")),
    )
    for column in ("recipient", "made_at", "mail_id"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column], unique=False)
