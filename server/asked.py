"""What a visit was asked, by the client's ids: each question has one effect, however often it is sent.

A client that does not know whether its question arrived (the line broke, its server died) sends it again with the same
id and text. One that is being thought about is not thought about twice; one that is answered gets the same answer
again. The same id with another text is another question. No I/O, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

KEPT = 64

State = Literal["new", "waiting", "answered"]


@dataclass(slots=True)
class Question:
    """``answer``: the message that answered it, as JSON; empty while it is being thought about."""

    text: str
    lang: str | None = None
    answer: str = ""


@dataclass(slots=True)
class AskedOnce:
    """The newest questions of one visit."""

    questions: dict[str, Question] = field(default_factory=dict)

    def ask(self, id_: str, text: str, lang: str | None = None) -> State:
        """Somebody asks. When it is new it is being thought about from now on."""
        found = self.questions.get(id_)
        if found is not None and found.text == text:
            return "answered" if found.answer else "waiting"
        self.questions.pop(id_, None)
        self.questions[id_] = Question(text, lang)
        if len(self.questions) > KEPT:
            del self.questions[next(iter(self.questions))]
        return "new"

    def answered(self, id_: str, answer: str) -> None:
        """It was answered."""
        if id_ in self.questions:
            self.questions[id_].answer = answer

    def dropped(self, id_: str) -> None:
        """It was not answered, and may be asked again."""
        found = self.questions.get(id_)
        if found is not None and not found.answer:
            del self.questions[id_]

    def drop_waiting(self) -> None:
        """None of what has no answer yet will be answered."""
        for id_ in self.waiting():
            del self.questions[id_]

    def answer_of(self, id_: str) -> str:
        """The answer to a question that was answered; empty when it was not."""
        found = self.questions.get(id_)
        return found.answer if found is not None else ""

    def waiting(self) -> dict[str, Question]:
        """What has no answer yet, in order."""
        return {id_: question for id_, question in self.questions.items() if not question.answer}
