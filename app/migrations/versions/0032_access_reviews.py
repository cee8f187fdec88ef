"""Access reviews ask owners whether the grants that stand are still needed; trainings of employees are kept."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of reviews, their items, answers and uses, and of trainings."""
    op.create_table(
        "access_reviews",
        *_clocks(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("silence", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_reviews")),
    )
    for column in ("recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_access_reviews_{column}"), "access_reviews", [column], unique=False)
    _make_items()
    _make_answers()
    _make_trainings()
    op.create_table(
        "review_uses",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("last_use", UtcDateTime(), nullable=True),
        sa.Column("log_days", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_uses_item_id_review_items")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_review_uses")),
    )


def _clocks() -> "list[sa.Column[datetime] | sa.Column[str] | sa.Column[int]]":
    return [
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
    ]


def _make_items() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["access_reviews.id"], name=op.f("fk_review_items_review_id_access_reviews")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
    )
    for column in ("review_id", "owner"):
        op.create_index(op.f(f"ix_review_items_{column}"), "review_items", [column], unique=False)


def _make_answers() -> None:
    op.create_table(
        "review_answers",
        *_clocks(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_answers_item_id_review_items")),
        sa.ForeignKeyConstraint(
            ["import_number"], ["imports.number"], name=op.f("fk_review_answers_import_number_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answers")),
    )
    for column in ("recorded_at", "item_id", "superseded_at"):
        op.create_index(op.f(f"ix_review_answers_{column}"), "review_answers", [column], unique=False)


def _make_trainings() -> None:
    op.create_table(
        "trainings",
        *_clocks(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("training", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=False),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    for column in ("recorded_at", "employee_id", "superseded_at"):
        op.create_index(op.f(f"ix_trainings_{column}"), "trainings", [column], unique=False)
