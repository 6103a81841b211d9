"""The pages of a course, and what their scripts ask, without a browser."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from grader.course.outline import Course
from grader.errors import CourseError, GraderFault
from grader.report.model import ExerciseResult
from grader.report.model import TestResult as Result
from grader.study.events import Marked, Unmarked
from grader.web.lessons.app import Lessons
from grader.web.place import Place
from support.courses import pictured
from support.sites import FORM, ORIGIN, client, csrf, led_to, signed_in


@pytest.fixture
def lessons(course_dir: Path) -> Iterator[Lessons]:
    """Pages whose marker is never started: verdicts are given by hand."""
    found = Lessons(Course.load(course_dir), Place(port=8000))
    yield found
    found.feed.close()


def wrong(message: str) -> ExerciseResult:
    none, one = Decimal(0), Decimal(1)
    test = Result("test_three_four_five", "A length.", "failed", none, one, message, 1.0)
    return ExerciseResult("magnitude", "01_vectors", "How?", "failed", none, one, (test,), ())


def test_every_link_of_every_page_leads_to_a_page(lessons: Lessons) -> None:
    visit, seen, queue = signed_in(lessons.site), set(), ["/"]
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = visit.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            found = re.findall(r'(?:href|src|data-href)="([^"#]+)', answer.text)
            queue += [link for link in found if not link.startswith("vscode:")]
    assert {"/", "/lessons/01_vectors", "/lessons/02_maps", "/exercises/magnitude"} <= seen


def test_without_a_session_no_path_of_the_lessons_answers(lessons: Lessons) -> None:
    outside = client(lessons.site)
    for path in ["/", "/lessons/01_vectors", "/exercises/magnitude", "/events", "/report.css",
                 "/lesson/lesson.js", "/widgets/page.js", "/exercises/magnitude/hint"]:  # fmt: skip
        assert outside.get(path).status_code == 401
        assert outside.post(path, headers=FORM).status_code == 401


def test_odd_paths_and_bodies_break_no_page(lessons: Lessons) -> None:
    visit = signed_in(lessons.site)
    told = {**FORM, "X-CSRF-Token": csrf(visit.get("/").text)}
    odd = ["\x00", "../../lesson.css", "..\\..", "/etc/passwd", "\u202e", "%2e%2e", "\n"]
    paths = [route.path for route in lessons.site._app.router.routes if isinstance(route, Route)]
    paths += ["/static/{file}", "/lesson/{file}"]
    asked = [path for path in paths if "{" in path]
    assert len(asked) > 7
    for path in asked:
        for value in odd:
            url = f"{ORIGIN}{re.sub('{[^}]*}', quote(value, safe=''), path)}"
            assert visit.get(f"{url}?x={quote(value)}").status_code in (404, 405), url
    deep = b"[" * 5000
    for body in (b"", b"\x00", deep, b"{}", b'{"visualizer":"vector","goals":' + deep,
                 b'{"visualizer":"vector","goals":["' + b"a" * 99 + b'"]}',
                 b'{"calls":[{"function":"magnitude","arguments":[1' + b"0" * 400 + b"]}]}",
                 b'{"calls":[{"function":"magnitude","arguments":[' + deep):  # fmt: skip
        for name in ("try", "met"):
            answer = visit.post(f"/lessons/01_vectors/{name}", content=body, headers=told)
            assert answer.status_code == 400, (name, body[:60])


def test_a_stream_ends_with_its_session(lessons: Lessons, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Callable[[], bool]] = []

    def response(first: object, may_go_on: Callable[[], bool]) -> PlainTextResponse:
        asked.append(may_go_on)
        return PlainTextResponse("")

    monkeypatch.setattr(lessons.feed, "response", response)
    visit = signed_in(lessons.site)
    assert visit.get("/events").status_code == 200
    [may_go_on] = asked
    assert may_go_on()
    visit.post("/sign-out", data={"csrf": csrf(visit.get("/").text)}, headers=FORM)
    assert not may_go_on()


def test_the_contents_say_how_far_each_exercise_is(lessons: Lessons, course_dir: Path) -> None:
    visit = signed_in(lessons.site)
    assert "0 of 2 exercises done" in visit.get("/").text
    pictured.solve(course_dir)
    page = visit.get("/").text
    assert re.search(r'data-map="magnitude">.*?begun', page, re.DOTALL)
    assert re.search(r'data-map="matvec">.*?not begun', page, re.DOTALL)


def test_a_page_knows_what_it_was_rendered_after(lessons: Lessons) -> None:
    """So that its script renews it, if something came before it could listen."""
    visit = signed_in(lessons.site)

    def version(path: str) -> str:
        (found,) = re.findall(r'data-version="(\d+)"', visit.get(path).text)
        return str(found)

    before = version("/lessons/01_vectors")
    assert version("/") == before
    lessons.work._heard(Marked(wrong("Wrong."), 0.1, partial=False))
    assert version("/") == version("/lessons/01_vectors") != before


def test_what_a_student_wrote_is_escaped(lessons: Lessons, course_dir: Path) -> None:
    pictured.solve(course_dir)
    message = "Wrong <img src=x onerror=alert(1)> \u202e value\nCall: magnitude('<b>')"
    lessons.work._heard(Marked(wrong(message), 0.1, partial=False))
    page = signed_in(lessons.site).get("/lessons/01_vectors").text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert "\u202e" not in page


def test_hints_open_one_by_one(lessons: Lessons) -> None:
    visit = signed_in(lessons.site)
    page = visit.get("/lessons/01_vectors").text
    assert "One number." not in page
    for hint in ("One number.", "What happens to a sign", "np.sqrt((____"):
        assert hint not in page
        answer = visit.post("/exercises/magnitude/hint", data={"csrf": csrf(page)}, headers=FORM)
        assert answer.status_code == 303
        assert led_to(answer) == "/lessons/01_vectors#exercise-magnitude"
        page = visit.get("/lessons/01_vectors").text
        assert hint in page
    assert 'action="/exercises/magnitude/hint"' not in page


def test_what_does_not_exist_is_404(lessons: Lessons) -> None:
    visit = signed_in(lessons.site)
    for path in ("/lessons/x", "/exercises/x", "/lessons/01_vectors/"):
        assert visit.get(path).status_code == 404
    assert visit.get("/exercises/magnitude/hint").status_code == 405


def test_a_grader_that_cannot_grade_is_told_on_the_page(lessons: Lessons) -> None:
    lessons.work._heard(Unmarked(GraderFault("no <room>"), final=True))
    page = signed_in(lessons.site).get("/lessons/01_vectors").text
    assert "no &lt;room&gt;" in page
    assert signed_in(lessons.site).get("/").text.count("no &lt;room&gt;") == 1


def test_a_lesson_with_a_fault_is_no_site(course_dir: Path) -> None:
    readme = course_dir / "exercises" / "02_maps" / "README.md"
    readme.write_text(readme.read_text("utf-8").replace(": warp", ": wrap"), "utf-8")
    with pytest.raises(CourseError, match="no visualizer wrap"):
        Lessons(Course.load(course_dir), Place(port=8000))


def test_links_and_visualizers_have_the_prefix(course_dir: Path) -> None:
    place = Place(port=8000, prefix="/user/ann/proxy/8000")
    lessons = Lessons(Course.load(course_dir), place)
    visit = signed_in(lessons.site)
    held = {"Cookie": f"wxb-8000={visit.cookies['wxb-8000']}"}
    page = visit.get("/lessons/01_vectors", headers=held).text
    links = re.findall(r'(?:href|src|action|data-href|data-events)="([^"#]+)', page)
    inside = [link for link in links if not link.startswith("vscode:")]
    assert len(inside) > 10
    assert all(link.startswith(place.prefix) for link in inside)


def test_a_text_that_was_changed_is_read_again(lessons: Lessons, course_dir: Path) -> None:
    visit = signed_in(lessons.site)
    readme = course_dir / "exercises" / "02_maps" / "README.md"
    assert "Something new" not in visit.get("/lessons/02_maps").text
    readme.write_text(readme.read_text("utf-8") + "\nSomething new.\n", "utf-8")
    assert "Something new" in visit.get("/lessons/02_maps").text


def test_use_my_code_needs_the_session_and_its_token(lessons: Lessons) -> None:
    url, body = "/lessons/01_vectors/try", b'{"calls": [{"function": "eval", "arguments": []}]}'
    visit = signed_in(lessons.site)
    assert client(lessons.site).post(url, content=body, headers=FORM).status_code == 401
    assert visit.post(url, content=body, headers=FORM).status_code == 403
    told = {**FORM, "X-CSRF-Token": csrf(visit.get("/").text), "Accept": "application/json"}
    answer = visit.post(url, content=body, headers=told)
    assert answer.status_code == 400
    assert answer.json() == {"error": "no visualizer asks for a function of this name."}
    right = b'{"calls": [{"function": "magnitude", "arguments": [[3, 4]]}]}'
    answer = visit.post(url, content=right, headers=told)  # nothing was started yet
    assert answer.status_code == 503
    assert "ask again in a moment" in answer.json()["error"]
    assert visit.post("/lessons/x/try", content=right, headers=told).status_code == 404


def test_a_failed_call_leads_to_the_visualizer_at_its_inputs(lessons: Lessons) -> None:
    message = "Wrong value: expected 5.0, got 7.0.\nCall: magnitude(np.array([3.0, -4.0]))"
    lessons.work._heard(Marked(wrong(message), 0.1, partial=False))
    page = signed_in(lessons.site).get("/lessons/01_vectors").text
    (link,) = re.findall(r'class="pictures">.*?href="([^"]+)"', page, re.DOTALL)
    path, _, fragment = link.partition("#")
    assert path == "/lessons/01_vectors"
    held = json.loads(parse_qs(fragment)["vector"][0])
    assert held == {"a": [3.0, -4.0], "mode": "length", "mine": True}


def test_where_a_course_hides_what_failed_no_call_is_linked(course_dir: Path) -> None:
    text = (course_dir / "course.yaml").read_text("utf-8")
    hidden = text.replace("hidden: everything", "hidden: title")
    (course_dir / "course.yaml").write_text(hidden, "utf-8")
    lessons = Lessons(Course.load(course_dir), Place(port=8000))
    message = "Wrong value: expected 5.0, got 7.0.\nCall: magnitude(np.array([3.0, -4.0]))"
    lessons.work._heard(Marked(wrong(message), 0.1, partial=False))
    page = signed_in(lessons.site).get("/lessons/01_vectors").text
    assert "3.0, -4.0" not in page


def test_challenges_are_remembered_and_counted(lessons: Lessons) -> None:
    visit = signed_in(lessons.site)
    told = {**FORM, "X-CSRF-Token": csrf(visit.get("/").text), "Accept": "application/json"}
    url = "/lessons/01_vectors/met"
    for goals in (["a"], ["a", "b"]):
        body = json.dumps({"visualizer": "vector", "goals": goals})
        assert visit.post(url, content=body, headers=told).status_code == 204
    for wrong in ('{"visualizer": "warp", "goals": ["a"]}', '{"visualizer": "vector"}', "[]",
                  '{"visualizer": "vector", "goals": ["<b>"]}'):  # fmt: skip
        assert visit.post(url, content=wrong, headers=told).status_code == 400
    assert "2 challenges met." in visit.get("/").text
    options = re.findall(r'data-options="([^"]+)"', visit.get("/lessons/01_vectors").text)
    assert json.loads(html.unescape(options[0]))["reached"] == ["a", "b"]
    kept = Lessons(lessons.course, Place(port=8001)).work.met(lessons.course.units[0])
    assert kept == {"vector": ("a", "b")}
