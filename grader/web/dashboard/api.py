"""The same data as JSON under /api/, and its description in OpenAPI 3.1.

Each answer is a value of `classroom/insight` as it is; so is its schema. Students stand in it by
the pseudonyms of the pages, unless names are asked for.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from grader.classroom.gradebook.runs import Recorded
from grader.classroom.insight import persons, read, values
from grader.report.safe import escaped
from grader.version import __version__
from grader.web.dashboard.desk import Desk, Screen, number, page
from grader.web.dashboard.screens import heat_of, section_of
from grader.web.dashboard.visit import Visit
from grader.web.site import site_of

__all__ = ["description", "routes"]

#: Fields that tell who somebody is, and the one that is the key.
_KEY, _TELLING = ("student", "key", "a_student", "b_student"), ("name", "email")


class _Path(NamedTuple):
    """A path of the API: who answers, with a value of which type, for whom, by which parameters."""

    name: str
    screen: Any
    type: Any
    whom: str
    what: str
    query: tuple[str, ...] = ()


def overview(desk: Desk, visit: Visit, request: Request) -> Response:
    """The class at a glance."""
    return _json(desk, visit, read.overview(desk.book))


def items(desk: Desk, visit: Visit, request: Request) -> Response:
    """All exercises, in course order."""
    return _json(desk, visit, read.items(desk.book))


def item(desk: Desk, visit: Visit, request: Request) -> Response:
    """All about one exercise."""
    return _json(
        desk, visit, read.item(desk.book, desk.exercise(request.path_params["exercise"]).id)
    )


def ideas(desk: Desk, visit: Visit, request: Request) -> Response:
    """Wrong ideas by exercise."""
    return _json(desk, visit, heat_of(desk, visit))


def cohorts(desk: Desk, visit: Visit, request: Request) -> Response:
    """Sections side by side."""
    return _json(desk, visit, read.cohorts(desk.book))


def quality(desk: Desk, visit: Visit, request: Request) -> Response:
    """What to look at in the tests themselves."""
    return _json(desk, visit, read.quality(desk.book))


def now(desk: Desk, visit: Visit, request: Request) -> Response:
    """Who needs help now."""
    return _json(desk, visit, read.now(desk.book, section=section_of(visit, request)))


def students(desk: Desk, visit: Visit, request: Request) -> Response:
    """A page of students, those who need help first."""
    found = read.students(
        desk.book, page=number(request), sort="need", down=True,
        section=section_of(visit, request),
    )  # fmt: skip
    return _json(desk, visit, found)


def student(desk: Desk, visit: Visit, request: Request) -> Response:
    """All about one student."""
    return _json(desk, visit, read.student(desk.book, desk.person(request, visit).key))


def runs(desk: Desk, visit: Visit, request: Request) -> Response:
    """Runs over the class, the newest first, those that go on too."""
    return _json(desk, visit, tuple(desk.book.runs.all()))


_PATHS = {
    "/api/overview": _Path("api-overview", overview, values.Overview, "all", "The class"),
    "/api/items": _Path("api-items", items, tuple[values.Item, ...], "all", "All exercises"),
    "/api/items/{exercise}": _Path("api-item", item, values.ItemPage, "all", "One exercise"),
    "/api/ideas": _Path("api-ideas", ideas, values.Heat, "all", "Wrong ideas"),
    "/api/quality": _Path("api-quality", quality, values.Quality, "all", "The tests themselves"),
    "/api/cohorts": _Path("api-cohorts", cohorts, tuple[values.Cohort, ...], "all", "Sections"),
    "/api/now": _Path("api-now", now, persons.Now, "people", "Who needs help now",
                      ("section", "names")),
    "/api/students": _Path("api-students", students, values.Page[persons.StudentRow], "people",
                           "Students, a page of them", ("section", "page", "names")),
    "/api/students/{code}": _Path("api-student", student, persons.Student, "people",
                                  "One student, by pseudonym", ("names",)),
    "/api/runs": _Path("api-runs", runs, tuple[Recorded, ...], "people", "Runs over the class"),
}  # fmt: skip


def _json(desk: Desk, visit: Visit, value: Any) -> Response:
    if isinstance(value, tuple) and all(isinstance(each, values.Item) for each in value):
        value = tuple(desk.shown(visit, each) for each in value)
    else:
        value = desk.shown(visit, value)
    plain = msgspec.to_builtins(value, builtin_types=(), str_keys=True)
    # Who reads this on a screen sees it in the order in which it stands.
    text = json.dumps(plain if visit.named else _hidden(desk, plain), ensure_ascii=False)
    return Response(escaped(text), media_type="application/json")


def _hidden(desk: Desk, plain: Any) -> Any:
    """The same with pseudonyms, and without names and addresses."""
    if isinstance(plain, (list, tuple)):
        return [_hidden(desk, each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    found = {key: _hidden(desk, each) for key, each in plain.items()}
    is_person = any(key in found for key in _TELLING)
    for key in _KEY:
        if isinstance(found.get(key), str) and (is_person or key != "key"):
            found[key] = desk.pseudonyms.of(found[key])
    for key in _TELLING:
        if key in found:
            found[key] = ""
    if "aliases" in found:
        found["aliases"] = {}
    if is_person and "team" in found:
        found["team"] = ""
    return found


def description(prefix: str) -> dict[str, Any]:
    """The API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""
    types = [each.type for each in _PATHS.values()]
    template = "#/components/schemas/{name}"
    schemas, components = msgspec.json.schema_components(types, ref_template=template)
    paths: dict[str, Any] = {}
    for (path, each), schema in zip(_PATHS.items(), schemas, strict=True):
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        parameters: list[dict[str, Any]] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
        parameters += [{"name": n, "in": "query", "schema": _query(n)} for n in each.query]
        answers: dict[str, Any] = {
            "200": {"description": each.what, "content": {"application/json": {"schema": schema}}},
            "400": _refused("It cannot be asked so"),
            "401": _refused("Without a session"),
            "403": _refused("Not for this role"),
            "404": _refused("There is none"),
        }
        paths[path] = {
            "get": {
                "operationId": each.name, "summary": each.what, "parameters": parameters,
                "responses": answers,
            }
        }  # fmt: skip
    error = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
    return {
        "openapi": "3.1.0",
        "info": {"title": "A class of wxb", "version": __version__},
        "servers": [{"url": prefix or "/"}],
        "paths": paths,
        "components": {"schemas": {**components, "Refused": error}},
    }


def _query(name: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = {
        "page": {"type": "integer", "minimum": 1},
        "names": {"enum": ["1"]},
    }
    return known.get(name, {"type": "string"})


def _refused(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Refused"}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _description(desk: Desk, visit: Visit, request: Request) -> Response:
    return JSONResponse(description(site_of(request).place.prefix))


def _said_in_json(screen: Screen) -> Screen:
    """The API refuses in JSON, whatever the browser would like."""

    def answer(desk: Desk, visit: Visit, request: Request) -> Response:
        try:
            return screen(desk, visit, request)
        except KeyError:
            return JSONResponse({"error": "There is none."}, 404)
        except HTTPException as error:
            return JSONResponse({"error": error.detail}, error.status_code)

    return answer


def routes(desk: Desk) -> list[BaseRoute]:
    """All paths of the API, and its description."""
    found: list[BaseRoute] = [
        page(desk, path, each.name, _said_in_json(each.screen), each.whom)
        for path, each in _PATHS.items()
    ]
    return [*found, page(desk, "/api/openapi.json", "api", _description)]
