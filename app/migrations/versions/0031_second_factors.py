"""Officials may have a second factor, and come from the city's identity provider."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of second factors, and what officials, sessions and attempts say of the identity provider."""
    _make_factors()
    op.create_table(
        "taken_answers",
        sa.Column("nonce_sha256", sa.String(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("nonce_sha256", name=op.f("pk_taken_answers")),
    )
    op.create_index(op.f("ix_taken_answers_taken_at"), "taken_answers", ["taken_at"], unique=False)
    op.add_column("officials", _text("subject", ""))
    op.add_column("sign_in_attempts", _text("way", "password"))
    op.add_column("sign_in_attempts", _text("fault", ""))
    needs: sa.Column[bool] = sa.Column("needs_factor", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("official_sessions", needs)


def _text(name: str, default: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), server_default=sa.text(f"'{default}'"), nullable=False)


def _make_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factors")),
    )
    for column in ("login", "recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_second_factors_{column}"), "second_factors", [column], unique=False)
    for name, *columns in (
        ("taken_steps", sa.Column("step", sa.Integer(), nullable=False)),
        (
            "recovery_codes",
            sa.Column("code_sha256", sa.String(), nullable=False),
            sa.Column("used_at", UtcDateTime(), nullable=True),
        ),
    ):
        key = ("factor_id", "code_sha256")[: len(columns)]
        op.create_table(
            name,
            sa.Column("factor_id", sa.Integer(), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(["factor_id"], ["second_factors.id"], name=f"fk_{name}_factor_id_second_factors"),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        )
