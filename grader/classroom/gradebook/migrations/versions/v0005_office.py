"""Who may open the pages of a class, what they did there, and who looks into which hand-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"

# MySQL has no index on text of any length.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")


def upgrade() -> None:
    op.create_table(
        "invite",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("token", _WORD, nullable=False, unique=True),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
        sa.Column("revoked", sa.Text),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("student", _WORD, sa.ForeignKey("student.key")),
    )
    op.create_index("ix_log_student", "log", ["student"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("exercise", _WORD, nullable=False),
        sa.Column("to", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_assignment_submission", "assignment", ["submission"])
