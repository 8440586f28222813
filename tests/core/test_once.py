"""A reading request asks once; whatever may write asks every time."""

import pytest
from django.http import HttpRequest, HttpResponse

from core.middleware import request_context
from core.once import once, reading


@pytest.fixture
def asked() -> list[str]:
    return []


def ask(asked: list[str], key: str = "a") -> int:
    return once(key, lambda: asked.append(key) or len(asked))


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2), ("DELETE", 2)])
def test_only_a_request_that_reads_remembers(asked: list[str], method: str, times: int) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        ask(asked)
        ask(asked)
        return HttpResponse()

    request = HttpRequest()
    request.method = method
    request_context(view)(request)
    assert asked == ["a"] * times


def test_nothing_outlives_its_request_even_when_it_fails(asked: list[str]) -> None:
    with pytest.raises(RuntimeError), reading("GET"):
        ask(asked)
        raise RuntimeError
    ask(asked)
    ask(asked)
    assert len(asked) == 3


def test_an_answer_of_none_is_an_answer(asked: list[str]) -> None:
    with reading("GET"):
        for _ in range(2):
            once("n", lambda: asked.append("n"))
    assert asked == ["n"]


def test_two_questions_have_two_answers(asked: list[str]) -> None:
    with reading("GET"):
        assert (ask(asked, "a"), ask(asked, "b"), ask(asked, "a")) == (1, 2, 1)
