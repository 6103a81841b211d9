"""Answers of the API fit their description, and tell no names unless asked."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from grader.web.dashboard.api import description
from grader.web.dashboard.visit import Pseudonyms
from support.dashboards import PEOPLE, Pages


@pytest.mark.parametrize("path", list(description("")["paths"]))
def test_an_answer_fits_its_description(pages: Pages, owner: Any, path: str) -> None:
    told = owner.get("/api/openapi.json").json()
    code = Pseudonyms(pages[1]).of("ben")
    answer = owner.get(path.replace("{exercise}", "double").replace("{code}", code))
    assert answer.status_code == 200
    content = told["paths"][path]["get"]["responses"]["200"]["content"]
    schema = {**content["application/json"]["schema"], "components": told["components"]}
    jsonschema.validate(answer.json(), schema)
    for person in PEOPLE:
        assert person.email not in answer.text
        assert person.name not in answer.text


def test_names_come_where_they_are_asked_for(owner: Any) -> None:
    assert "Ben Beta" in owner.get("/api/students?names=1").text


@pytest.mark.parametrize("path", ["/api/items/none", "/api/students/0123456789"])
def test_what_is_not_there_is_said_in_json(owner: Any, path: str) -> None:
    answer = owner.get(path)
    assert answer.status_code == 404
    assert "error" in answer.json()
