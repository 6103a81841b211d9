"""How far runs are, and what they came to, so that pages can show those of other programs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("folders", sa.Text, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("moved", sa.Text, nullable=False),
        sa.Column("ended", sa.Text),
        sa.Column("tally", sa.Text, nullable=False),
        sa.Column("concerns", sa.Text, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
    )
