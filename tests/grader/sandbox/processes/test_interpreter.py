"""Interpreters of their own, with a clean environment."""

from __future__ import annotations

import os

import pytest

from grader.sandbox.processes.interpreter import clean_environment, interpreter


def test_a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("TMPDIR", "/tmp")
    environment = clean_environment()
    assert environment["TMPDIR"] == "/tmp"
    assert environment["OMP_NUM_THREADS"] == environment["MKL_NUM_THREADS"] == "1"
    assert environment["PYTHONHASHSEED"] == "0"
    assert not {"SECRET", "PYTHONPATH", "HOME"} & set(environment)


def test_texts_have_the_same_hash_in_each() -> None:
    """So that a set of them is in the same order, whichever process a student's code is in."""
    said = []
    for _ in range(2):
        read, write = os.pipe()
        with os.fdopen(read, "rb") as reader:
            process = interpreter(f"os.write({write}, str([hash('a'), *sys.path]).encode())", write)
            os.close(write)
            said.append(reader.read())
        assert process.wait(30) == 0
    assert said[0] == said[1]
    assert b"''" not in said[0], "nothing is imported from the current folder"


def test_a_fresh_interpreter_runs_a_call_in_a_session_of_its_own() -> None:
    """It can write to what it was given, and to nothing else of ours."""
    read, write = os.pipe()
    with os.fdopen(read, "rb") as reader:
        process = interpreter(f"os.write({write}, str(os.getsid(0)).encode())", write)
        os.close(write)
        assert int(reader.read()) == process.pid
    assert process.wait(30) == 0
