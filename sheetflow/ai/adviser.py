"""A language model as adviser, at any OpenAI-compatible endpoint. Wrong, late or away, it costs nothing."""

import logging
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sheetflow.ai.question import messages, read, schema
from sheetflow.workflow.advice import Advice
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Workflow

LONGEST = 8.0  # seconds for one call, whatever the other side does
MOST_TOKENS = 500  # of an answer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """`advice` is None if there is none; `said` tells why, or what the call took."""

    advice: Advice | None
    said: str
    tokens: int = 0


@dataclass(frozen=True)
class Adviser:
    """`url` is the endpoint's, as its vendor writes it (…/v1). One call a question, without another try."""

    url: str
    key: str = field(repr=False)
    model: str = ""
    longest: float = LONGEST

    def ask(self, lead: Lead, workflow: Workflow) -> Answer:
        """Never raises, and never takes longer than `longest` seconds, but for loading the client once."""
        import openai  # noqa: F401

        future: Future[Answer] = Future()
        # A thread of its own, which nobody waits for: an answer may also dribble in byte by byte.
        threading.Thread(target=self._try, args=(lead, workflow, future), name="adviser", daemon=True).start()
        try:
            return future.result(self.longest)
        except TimeoutError:
            return Answer(None, f"no answer within {self.longest:g} seconds")

    def _try(self, lead: Lead, workflow: Workflow, future: "Future[Answer]") -> None:
        try:
            future.set_result(self._asked(lead, workflow))
        except ValueError as error:
            future.set_result(Answer(None, f"an answer that can't be read ({type(error).__name__})"))
        except Exception as error:
            # The client's own errors, and whatever else a server can provoke in it.
            log.info("the adviser failed: %s", type(error).__name__)
            future.set_result(Answer(None, f"it failed ({type(error).__name__})"))

    def _asked(self, lead: Lead, workflow: Workflow) -> Answer:
        from openai import DefaultHttpxClient, OpenAI

        questions: Any = messages(lead, workflow)
        form: Any = {
            "type": "json_schema",
            "json_schema": {"name": "enquiry", "strict": True, "schema": schema(workflow)},
        }
        with (
            DefaultHttpxClient(follow_redirects=False, timeout=self.longest) as http,
            OpenAI(
                base_url=self.url, api_key=self.key, max_retries=0, timeout=self.longest, http_client=http
            ) as client,
        ):
            reply = client.chat.completions.create(
                model=self.model, messages=questions, response_format=form, max_completion_tokens=MOST_TOKENS
            )
        tokens = reply.usage.total_tokens if reply.usage else 0
        advice = read(reply.choices[0].message.content or "", workflow)
        return Answer(advice, f"{self.model} answered, {tokens} tokens", tokens)
