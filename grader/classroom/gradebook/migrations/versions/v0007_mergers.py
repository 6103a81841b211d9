"""Students who turned out to be one: the key that is gone, and whose its hand-ins are now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"

# MySQL has no index on text of any length.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")


def upgrade() -> None:
    op.create_table(
        "merger",
        sa.Column("gone", _WORD, primary_key=True),
        sa.Column("student", _WORD, sa.ForeignKey("student.key"), nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("ids", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_merger_student", "merger", ["student"])
