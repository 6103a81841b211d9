"""Students, submissions, gradings and what links them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mysql import LONGBLOB

revision = "0001"
down_revision: str | None = None

# MySQL has no index on text of any length, and its plain binary column has 64 KiB.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")
_DOCUMENT = sa.LargeBinary().with_variant(LONGBLOB(), "mysql", "mariadb")


def upgrade() -> None:
    op.create_table(
        "book",
        sa.Column("key", _WORD, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "student",
        sa.Column("key", _WORD, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "alias",
        sa.Column("system", _WORD, primary_key=True),
        sa.Column("value", _WORD, primary_key=True),
        sa.Column("student", _WORD, sa.ForeignKey("student.key"), nullable=False),
    )
    op.create_index("ix_alias_student", "alias", ["student"])
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", _WORD, sa.ForeignKey("student.key"), nullable=False),
        sa.Column("source", _WORD, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", _WORD, nullable=False),
        sa.Column("unit", _WORD, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
        sa.UniqueConstraint("student", "source", "number", "digest", "unit", name="one_attempt"),
    )
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("at", sa.Text),
        sa.Column("late", sa.Boolean),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
    )
    op.create_index("ix_arrival_submission", "arrival", ["submission"])
    op.create_table(
        "member",
        sa.Column("arrival", sa.Integer, sa.ForeignKey("arrival.id"), primary_key=True),
        sa.Column("student", _WORD, sa.ForeignKey("student.key"), primary_key=True),
    )
    op.create_index("ix_member_student", "member", ["student"])
    op.create_table(
        "grading",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("exercise", _WORD, nullable=False),
        sa.Column("sources", _WORD, nullable=False),
        sa.Column("suite", _WORD, nullable=False),
        sa.Column("isolation", sa.Text, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("grader", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reusable", sa.Text, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
    )
    op.create_index("grading_pair", "grading", ["sources", "suite"])
    op.create_table(
        "test_result",
        sa.Column("grading", sa.Integer, sa.ForeignKey("grading.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("test", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("exercise", _WORD, nullable=False),
        sa.Column("grading", sa.Integer, sa.ForeignKey("grading.id"), nullable=False),
        sa.Column("reused", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_verdict_grading", "verdict", ["grading"])
    op.create_index("verdict_of", "verdict", ["submission", "exercise"])
