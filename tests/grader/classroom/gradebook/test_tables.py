"""The tables in other dialects, of which no server is here."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateTable

from grader.classroom.gradebook.tables import METADATA, WORD, Points, Span, Time


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_mysql_can_index_all_that_is_indexed(table: Any) -> None:
    dialect = mysql.dialect()  # type: ignore[no-untyped-call]
    assert str(CreateTable(table).compile(dialect=dialect))
    groups = [table.primary_key.columns, *(index.columns for index in table.indexes)]
    groups += [c.columns for c in table.constraints if isinstance(c, UniqueConstraint)]
    assert all(isinstance(index, Index) for index in table.indexes)
    for columns in groups:
        types = [str(column.type.compile(dialect=dialect)) for column in columns]
        assert "TEXT" not in types, (table.name, list(columns))
        assert types.count(f"VARCHAR({WORD})") * WORD * 4 + 8 <= 3072


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Points(), Decimal("0.0001")),
        (Points(), Decimal("1E+2")),
        (Time(), datetime.fromisoformat("2027-02-01T23:59:00.000001+05:45")),
        (Span(), timedelta(days=3653, microseconds=1)),
        (Span(), None),
    ],
)
def test_values_come_back_exact(kind: Any, value: Any) -> None:
    kept = kind.process_bind_param(value, None)
    assert kept is None or isinstance(kept, str)
    assert kind.process_result_value(kept, None) == value
