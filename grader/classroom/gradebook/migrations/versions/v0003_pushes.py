"""What was written to other systems, so that nothing is written twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"

# MySQL has no index on text of any length.
_WORD = sa.Text().with_variant(sa.String(190), "mysql", "mariadb")


def upgrade() -> None:
    op.create_table(
        "push",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student", _WORD, sa.ForeignKey("student.key"), nullable=False),
        sa.Column("place", _WORD, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("seen", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("ix_push_student", "push", ["student"])
    op.create_index("ix_push_place", "push", ["place"])
