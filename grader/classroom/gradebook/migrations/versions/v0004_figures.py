"""What figures of a class are made of, kept as gradings come; filled when they are first read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mysql import LONGBLOB

revision = "0004"
down_revision: str | None = "0003"

# MySQL has no index on text of any length, and its plain binary column has 64 KiB.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")
_DOCUMENT = sa.LargeBinary().with_variant(LONGBLOB(), "mysql", "mariadb")


def _grading() -> sa.Column[int]:
    key = sa.ForeignKey("grading.id")
    return sa.Column("grading", sa.Integer, key, primary_key=True, autoincrement=False)


def _student() -> sa.Column[str]:
    return sa.Column("student", _WORD, sa.ForeignKey("student.key"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "trait",
        _grading(),
        sa.Column("exercise", _WORD, nullable=False),
        sa.Column("suite", _WORD, nullable=False),
        sa.Column("sources", _WORD, nullable=False),
        sa.Column("pattern", sa.Text, nullable=False),
        sa.Column("begun", sa.Boolean, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("signature", _WORD, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("times", sa.Text, nullable=False),
    )
    op.create_index("trait_alike", "trait", ["exercise", "signature"])
    op.create_table("idea", _grading(), sa.Column("name", _WORD, primary_key=True))
    op.create_table(
        "standing",
        _student(),
        sa.Column("exercise", _WORD, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sure", sa.Boolean, nullable=False),
        sa.Column("first_grading", sa.Integer),
        sa.Column("first_score", sa.Integer),
        sa.Column("first_passed", sa.Boolean, nullable=False),
        sa.Column("best_score", sa.Integer),
        sa.Column("passed_on", sa.Integer),
        sa.Column("last_grading", sa.Integer, nullable=False),
        sa.Column("last_score", sa.Integer),
        sa.Column("last_passed", sa.Boolean, nullable=False),
        sa.Column("same", sa.Integer, nullable=False),
        sa.Column("unusual", sa.Boolean, nullable=False),
        sa.Column("submission", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text),
        sa.Column("last_second", sa.BigInteger, nullable=False),
    )
    op.create_index("standing_of", "standing", ["exercise", "student"])
    op.create_index("standing_unusual", "standing", ["unusual", "last_second"])
    op.create_table(
        "held",
        _student(),
        sa.Column("exercise", _WORD, primary_key=True),
        sa.Column("what", _WORD, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("still", sa.Boolean, nullable=False),
    )
    op.create_index("held_by", "held", ["exercise", "what"])
    op.create_table(
        "progress",
        _student(),
        sa.Column("tried", sa.Integer, nullable=False),
        sa.Column("passed", sa.Integer, nullable=False),
        sa.Column("first_passed", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("last_at", sa.Text),
        sa.Column("last_second", sa.BigInteger, nullable=False),
        sa.Column("need", sa.Integer, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_index("ix_progress_last_second", "progress", ["last_second"])
    op.create_index("ix_progress_need", "progress", ["need"])
    op.create_table(
        "summary",
        sa.Column("kind", _WORD, primary_key=True),
        sa.Column("key", _WORD, primary_key=True),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
    )
