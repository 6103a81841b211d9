"""What people decide beside the verdicts, and where files of students lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

# MySQL has no index on text of any length.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")


def upgrade() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("student", _WORD, sa.ForeignKey("student.key")),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("exercise", _WORD, nullable=False),
        sa.Column("test", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("points", sa.Text),
        sa.Column("until", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("takes_back", sa.Integer, sa.ForeignKey("adjustment.id"), unique=True),
    )
    op.create_index("ix_adjustment_student", "adjustment", ["student"])
    op.create_table(
        "place",
        sa.Column("kind", _WORD, primary_key=True),
        sa.Column("path", _WORD, primary_key=True),
    )
