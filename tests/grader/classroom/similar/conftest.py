"""Gradebooks on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from support.bookfixtures import book, nobody_elses, open_book, postgres_url, server, url

__all__ = ["book", "nobody_elses", "open_book", "postgres_url", "server", "url"]
