"""Students, submissions, gradings and what links them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "book",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "student",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "alias",
        sa.Column("system", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("student", sa.Text, sa.ForeignKey("student.key"), nullable=False),
    )
    op.create_index("ix_alias_student", "alias", ["student"])
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", sa.Text, sa.ForeignKey("student.key"), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
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
        sa.Column("student", sa.Text, sa.ForeignKey("student.key"), primary_key=True),
    )
    op.create_index("ix_member_student", "member", ["student"])
    op.create_table(
        "grading",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("suite", sa.Text, nullable=False),
        sa.Column("isolation", sa.Text, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("grader", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reusable", sa.Text, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
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
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("grading", sa.Integer, sa.ForeignKey("grading.id"), nullable=False),
        sa.Column("reused", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_verdict_grading", "verdict", ["grading"])
    op.create_index("verdict_of", "verdict", ["submission", "exercise"])
