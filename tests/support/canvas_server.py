"""A stand-in for Canvas on this machine: its REST API as far as wxb asks it, and its faults.

Answers, errors, pages and headers are those of https://canvas.instructure.com/doc/api/: lists in
pages with `Link` headers, a token in `Authorization`, 401 with `WWW-Authenticate` for a bad one,
`403 Forbidden (Rate Limit Exceeded)`, numbers of attempts, scores before and after the late policy,
a comment more with each request that has one.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

TOKEN = "7~sEcReTsEcReTsEcReT"
TEACHER = 9
#: What happens to a request: "drop" closes the connection before anything is done, "lose" after it
#: was done; "break" does it and answers 500, "fail" answers 500 and does nothing; "slow" and "much"
#: are the two ways of throttling; "expired" and "denied" are the two ways of refusing.
Kind = Literal["drop", "lose", "break", "fail", "slow", "much", "expired", "denied"]
Answer = tuple[int, Any]


class Fault:
    """What goes wrong, with which requests, and how often."""

    def __init__(self, kind: Kind, match: str, times: int = 1, after: int = 0) -> None:
        self.kind, self._match, self._times, self._after = kind, re.compile(match), times, after

    def hits(self, request: str) -> bool:
        if not self._match.search(request) or self._times <= 0:
            return False
        if self._after > 0:
            self._after -= 1
            return False
        self._times -= 1
        return True


class Canvas:
    """One course of a Canvas, and everything that was asked of it."""

    def __init__(self) -> None:
        self.number, self.page = 42, 2
        self.users: dict[int, dict[str, Any]] = {}
        self.sections: dict[int, str] = {}
        self.groups: dict[int, tuple[str, int, list[int]]] = {}
        self.assignments: dict[int, dict[str, Any]] = {}
        self.overrides: dict[int, list[dict[str, Any]]] = {}
        self.submissions: dict[tuple[int, int], dict[str, Any]] = {}
        self.files: dict[int, bytes] = {}
        self.late_policy: dict[str, Any] | None = None
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.strangers: list[str] = []
        self.grader, self.clock, self.remaining, self.denied = TEACHER, 0, 600.0, ""
        self.url = self.moved = ""
        self.other = ""

    # --- what is in it ----------------------------------------------------------------------

    def student(self, number: int, name: str, section: int = 1, **others: Any) -> None:
        first, _, last = name.partition(" ")
        roles = [{"type": "StudentEnrollment", "course_section_id": section}]
        self.sections.setdefault(section, f"Section {section}")
        self.users[number] = {
            "id": number, "name": name, "sortable_name": f"{last}, {first}",
            "sis_user_id": f"S{number}", "login_id": f"{first.lower()}{number}",
            "email": f"{first.lower()}@example.org", "enrollments": roles, **others,
        }  # fmt: skip

    def test_student(self, number: int) -> None:
        roles = [{"type": "StudentViewEnrollment", "course_section_id": 1}]
        self.users[number] = {"id": number, "name": "Test Student", "enrollments": roles}

    def assignment(self, number: int, name: str, points: float, **others: Any) -> None:
        self.assignments[number] = {
            "id": number, "name": name, "points_possible": points, "grading_type": "points",
            "due_at": None, "post_manually": False, "group_category_id": None,
            "grade_group_students_individually": False, "published": True, **others,
        }  # fmt: skip
        for user in self.users:
            self.submissions.setdefault((number, user), self._blank(number, user))

    def _blank(self, assignment: int, user: int) -> dict[str, Any]:
        return {
            "assignment_id": assignment, "user_id": user, "attempt": None, "submitted_at": None,
            "score": None, "entered_score": None, "grade": None, "excused": False, "late": False,
            "graded_at": None, "grader_id": None, "points_deducted": None, "posted_at": None,
            "late_policy_status": None, "workflow_state": "unsubmitted", "submission_type": None,
            "submission_comments": [], "submission_history": [],
        }  # fmt: skip

    def hand_in(
        self,
        assignment: int,
        user: int,
        at: str,
        files: dict[str, bytes | str],
        late: bool = False,
        **others: Any,
    ) -> list[int]:
        """A new attempt; the ids of its uploads."""
        found = self.submissions[assignment, user]
        ids = []
        for text in files.values():
            number = 90_000 + len(self.files)
            self.files[number] = text.encode() if isinstance(text, str) else text
            ids.append(number)
        uploads = [self._upload(n, name) for n, name in zip(ids, files, strict=True)]
        attempt = {
            **found, "attempt": (found["attempt"] or 0) + 1, "submitted_at": at, "late": late,
            "submission_type": "online_upload", "workflow_state": "submitted",
            "attachments": uploads, **others,
        }  # fmt: skip
        history = found["submission_history"]
        attempt.pop("submission_history")
        found.update({**attempt, "submission_history": [*history, attempt]})
        return ids

    def _upload(self, number: int, name: str) -> dict[str, Any]:
        url = f"/files/{number}/download?download_frd=1&verifier=v{number}"
        return {
            "id": number, "display_name": name, "filename": quote(name, safe=""), "url": url,
            "size": len(self.files[number]),
        }  # fmt: skip

    def grade(self, assignment: int, user: int, score: float, grader: int | None = 8) -> None:
        """Somebody gives a mark by hand, or the machine does (None)."""
        self._give(self.submissions[assignment, user], score, grader)

    def score(self, assignment: int, user: int) -> float | None:
        found: float | None = self.submissions[assignment, user]["entered_score"]
        return found

    def comments(self, assignment: int, user: int) -> list[str]:
        found = self.submissions[assignment, user]["submission_comments"]
        return [comment["comment"] for comment in found]

    @property
    def writes(self) -> list[str]:
        return [line for line in self.asked if line.startswith("PUT")]

    # --- the API ----------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: dict[str, list[str]], form: Any) -> Answer:
        """Status and body; a list is a list that comes in pages."""
        course = f"courses/{self.number}"
        plain: dict[str, Callable[[], Answer]] = {
            course: lambda: (200, {"id": self.number, "name": "Linear algebra"}),
            f"{course}/users": lambda: (200, list(self.users.values())),
            f"{course}/sections": lambda: (
                200, [{"id": n, "name": name} for n, name in self.sections.items()],
            ),
            f"{course}/groups": lambda: (
                200,
                [
                    {"id": n, "name": name, "group_category_id": set_}
                    for n, (name, set_, _) in self.groups.items()
                ],
            ),
            f"{course}/assignments": lambda: (200, list(self.assignments.values())),
            f"{course}/late_policy": self._policy,
        }  # fmt: skip
        if self.denied and re.search(self.denied, f"{method} {path}"):
            return 403, _errors("user not authorized to perform that action", "unauthorized")
        if method == "GET" and path in plain:
            return plain[path]()
        group = re.fullmatch(r"groups/(\d+)/users", path)
        if group and int(group[1]) in self.groups:
            return 200, [self.users[user] for user in self.groups[int(group[1])][2]]
        found = re.fullmatch(rf"{course}/assignments/(\d+)/(overrides|submissions)(/\d+)?", path)
        if found is None or int(found[1]) not in self.assignments:
            return 404, {"errors": [{"message": "The specified resource does not exist."}]}
        assignment = int(found[1])
        if found[2] == "overrides":
            return 200, self.overrides.get(assignment, [])
        include = set(query.get("include[]", []))
        if found[3] is None:
            own = [s for (a, _), s in self.submissions.items() if a == assignment]
            return 200, [self._shown(each, include) for each in own]
        submission = self.submissions.get((assignment, int(found[3][1:])))
        if submission is None:
            return 404, {"errors": [{"message": "The specified resource does not exist."}]}
        if method == "PUT":
            return self._put(assignment, submission, form)
        return 200, self._shown(submission, include)

    def _policy(self) -> Answer:
        if self.late_policy is None:
            return 404, {"errors": [{"message": "The specified resource does not exist."}]}
        return 200, {"late_policy": self.late_policy}

    def _shown(self, submission: dict[str, Any], include: set[str]) -> dict[str, Any]:
        hidden = {"submission_history", "submission_comments"} - include
        shown = {key: value for key, value in submission.items() if key not in hidden}
        for one in [shown, *shown.get("submission_history", [])]:
            for upload in one.get("attachments", []):
                if upload["url"].startswith("/"):
                    upload["url"] = f"{self.url}{upload['url']}"
        return shown

    def _put(self, assignment: int, submission: dict[str, Any], form: dict[str, str]) -> Answer:
        status = form.get("submission[late_policy_status]")
        if status is not None:
            submission["late_policy_status"] = status
        grade = form.get("submission[posted_grade]")
        if grade is not None:
            about = self.assignments[assignment]
            members = [submission["user_id"]]
            if about["group_category_id"] and not about["grade_group_students_individually"]:
                sets = about["group_category_id"]
                own = [m for _, s, m in self.groups.values() if s == sets and members[0] in m]
                members = own[0] if own else members
            for user in members:
                self._give(self.submissions[assignment, user], float(grade), self.grader)
        text = form.get("comment[text_comment]")
        if text:
            comments = submission["submission_comments"]
            comments.append({"id": len(comments) + 1, "author_id": self.grader, "comment": text})
        return 200, self._shown(submission, {"submission_comments"})

    def _give(self, submission: dict[str, Any], score: float, grader: int | None) -> None:
        self.clock += 1
        policy = self.late_policy or {}
        cut = 0.0
        is_late = submission["late"] and submission["late_policy_status"] != "none"
        if policy.get("late_submission_deduction_enabled") and is_late:
            possible = self.assignments[submission["assignment_id"]]["points_possible"]
            cut = possible * policy["late_submission_deduction"] / 100
        at = f"2027-03-01T{self.clock // 3600:02}:{self.clock // 60 % 60:02}:{self.clock % 60:02}Z"
        submission.update(
            entered_score=score, score=max(score - cut, 0), points_deducted=cut or None,
            grade=str(score), grader_id=grader, graded_at=at, workflow_state="graded",
        )  # fmt: skip


def _errors(message: str, status: str = "") -> dict[str, Any]:
    return {"errors": [{"message": message}], **({"status": status} if status else {})}


class _Handler(BaseHTTPRequestHandler):
    """One request; the server's `canvas` answers it."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one piece: the other side waits 40 ms for a second

    @property
    def canvas(self) -> Canvas:
        return self.server.canvas  # type: ignore[attr-defined, no-any-return]

    def do_GET(self) -> None:
        self._handle("GET")

    def do_PUT(self) -> None:
        self._handle("PUT")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Silence."""

    def _handle(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        with self.server.lock:  # type: ignore[attr-defined]
            self._answer(method, form)

    def _answer(self, method: str, form: dict[str, str]) -> None:
        canvas, parts = self.canvas, urlsplit(self.path)
        line = f"{method} {self.path}"
        canvas.asked.append(line)
        kind = next((fault.kind for fault in canvas.faults if fault.hits(line)), "")
        token = self.headers.get("Authorization", "")
        if parts.path.startswith("/files/"):
            self._file(int(parts.path.split("/")[2]), kind, token)
        elif canvas.moved:
            self._send(301, b"", {"Location": f"{canvas.moved}{self.path}"})
        elif kind == "drop":
            self._cut()
        elif kind == "fail":
            self._send(500, _errors("An error occurred."))
        elif kind == "slow":
            self._send(403, b"403 Forbidden (Rate Limit Exceeded)\n")
        elif kind == "much":
            self._send(429, _errors("Too many requests"), {"Retry-After": "7"})
        elif kind == "expired" or token != f"Bearer {TOKEN}":
            header = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
            self._send(401, _errors("Invalid access token."), header)
        elif kind == "denied":
            body = _errors("user not authorized to perform that action", "unauthorized")
            self._send(401, body)
        else:
            query = parse_qs(parts.query)
            path = parts.path.removeprefix("/api/v1/")
            status, body = canvas.answer(method, path, query, form)
            if kind == "lose":
                self._cut()
            elif kind == "break":
                self._send(500, _errors("An error occurred."))
            elif isinstance(body, list):
                self._page(parts.path, parts.query, query, body)
            else:
                self._send(status, body)

    def _page(self, path: str, text: str, query: dict[str, list[str]], body: list[Any]) -> None:
        canvas = self.canvas
        size = min(canvas.page, int(query.get("per_page", ["10"])[0]))
        number = int(query.get("page", ["1"])[0])
        rest = re.sub(r"&?page=\d+", "", re.sub(r"&?per_page=\d+", "", text))
        base = f"{canvas.other or canvas.url}{path}?{rest}&per_page={size}&page="
        links = [f'<{base}{number}>; rel="current"', f'<{base}1>; rel="first"']
        if number * size < len(body):
            links.append(f'<{base}{number + 1}>; rel="next"')
        part = body[(number - 1) * size : number * size]
        self._send(200, part, {"Link": ",".join(links)})

    def _file(self, number: int, kind: str, token: str) -> None:
        canvas = self.canvas
        if kind == "drop":
            self._cut()
        elif kind == "fail":
            self._send(500, b"")
        elif kind == "denied" or number not in canvas.files:
            self._send(404, b"")
        elif kind == "lose":  # half of it
            data = canvas.files[number]
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
            self._cut()
        elif canvas.other and self.headers["Host"] in canvas.url:
            self._send(302, b"", {"Location": f"{canvas.other}{self.path}"})
        else:
            if token and self.headers["Host"] not in canvas.url:
                canvas.strangers.append(token)
            self._send(200, canvas.files[number])

    def _send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        kind = "text/plain" if isinstance(body, bytes) else "application/json"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Request-Cost", "0.1")
        self.send_header("X-Rate-Limit-Remaining", str(self.canvas.remaining))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _cut(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    """One that says nothing of connections that were cut: they are meant to be."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silence."""


@contextmanager
def serving(canvas: Canvas) -> Iterator[Canvas]:
    """Have it answer on this machine, under two names: one is Canvas's, one another host's."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.canvas, server.lock = canvas, threading.Lock()  # type: ignore[attr-defined]
    canvas.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield canvas
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
