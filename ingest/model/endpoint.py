"""One question to an OpenAI-compatible server, and its answer or the reason why there is none.

What comes back is bounded in size and time. What may pass (too many requests, a server in trouble, a connection that
closes) is asked again a few times; what will not (no such model, no such key) ends the run.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...graph.errors import SoutherlyError, WrongUse
from .prompt import messages, schema

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 4_000_000  # octets
MAX_OUT = 4_096  # tokens that an answer may have
TRIES = 4
_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds
_AGAIN = {408, 425, 429, 500, 502, 503, 504, 529}
_PERHAPS_THE_FORM = {400, 415, 422, 501}
_HOME = {"localhost", "127.0.0.1", "::1"}
#: Ways of asking for JSON, the strictest first: by schema, as any JSON, in words alone.
FORMS = ("json_schema", "json_object", "words")


class Failed(Exception):
    """One part of a report got no answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and the model to ask there. Raises WrongUse for an address that makes no sense or tells the key."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 180.0  # seconds that one answer may take

    def __post_init__(self) -> None:
        """Refuse what could not work, or would send the key where others can read it."""
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            parts, host = urlsplit(""), None
        if parts.scheme not in ("http", "https") or not host or re.search(r"\s", self.url):
            raise WrongUse(
                "The address of the model's server is none; expected e.g. http://localhost:8080/v1 in "
                "$SOUTHERLY_MODEL_URL"
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise WrongUse(
                f"The address of the model's server ({host}) holds more than a place; expected no user, password or "
                "query in it. Put the key in $SOUTHERLY_MODEL_KEY"
            )
        if not re.fullmatch(r"[\w.:@+/-]{1,200}", self.model):
            raise WrongUse("The model's name is none; expected e.g. qwen3-8b or org/model:tag in $SOUTHERLY_MODEL")
        if self.key is not None and not re.fullmatch(r"[\x21-\x7e]+", self.key):
            raise WrongUse("The model's key holds spaces or other signs that no key has; expected it as it was given")
        if self.key and parts.scheme == "http" and host not in _HOME:
            raise WrongUse(
                f"The key would go to {host} unencrypted; expected an https address. Use one, or give no key"
            )

    @property
    def address(self) -> str:
        """Where questions go."""
        base = self.url.rstrip("/")
        if base.endswith("/chat/completions"):
            return base
        return f"{base}/chat/completions" if urlsplit(base).path else f"{base}/v1/chat/completions"

    @property
    def host(self) -> str:
        """The server, for a person to recognise."""
        return urlsplit(self.url).netloc

    @property
    def at_home(self) -> bool:
        """Whether the server is this machine."""
        return urlsplit(self.url).hostname in _HOME


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and the tokens that the server counted."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class Client:
    """A connection to an endpoint. It learns which form of question the server takes."""

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], None] | None = None) -> None:
        try:
            import httpx
        except ModuleNotFoundError:
            raise SoutherlyError(
                "--model needs httpx, which is not installed. Run: pip install 'southerly[llm]'"
            ) from None
        self.endpoint, self.form, self._sleep = endpoint, 0, sleep or time.sleep
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        try:
            self._url = httpx.URL(endpoint.address)
            self._http = httpx.Client(
                headers=headers | {"Accept-Encoding": "identity", "User-Agent": "southerly"},
                timeout=httpx.Timeout(endpoint.timeout, connect=min(endpoint.timeout, 20.0)),
                follow_redirects=False,  # a text goes where the person was told, and nowhere else
                trust_env=not endpoint.at_home,  # a proxy has no part in a talk with oneself
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise WrongUse(
                f"{endpoint.host}: {error}; expected an address that can be reached. See $SOUTHERLY_MODEL_URL, and "
                "the settings of your proxy if you have one"
            ) from None

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def ask(self, text: str) -> Answer:
        """Ask about one part of a report.

        Raises:
            Failed: if there is no usable answer about this part.
            SoutherlyError: if there will be none about any part.

        """
        for form in range(self.form, len(FORMS)):
            status, body = self._send(self._question(text, FORMS[form]))
            if status in _PERHAPS_THE_FORM and form + 1 < len(FORMS):
                continue
            if status != 200:
                raise Failed(f"the server answered {status}: {self._shown(body)}")
            answer = self._answer(body)
            self.form = form
            return answer
        raise AssertionError("the last form either answers or fails")

    def _question(self, text: str, form: str) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": messages(text, with_schema=form != "json_schema"),
        }
        if form == "words":
            return asked  # some servers also refuse a limit or a temperature
        asked |= {"temperature": 0, "max_tokens": MAX_OUT}
        if form == "json_object":
            return asked | {"response_format": {"type": "json_object"}}
        named = {"name": "claims", "strict": True, "schema": schema()}
        return asked | {"response_format": {"type": "json_schema", "json_schema": named}}

    def _send(self, question: Mapping[str, Any]) -> tuple[int, bytes]:
        """Return status and body of an answer; ask again while what went wrong may pass."""
        import httpx

        reason = ""
        wait = _WAIT
        for attempt in range(TRIES):
            if attempt:
                self._sleep(wait)
            wait = _WAIT * 2**attempt
            try:
                with self._http.stream("POST", self._url, json=question) as response:
                    body = self._bounded(response)
            except httpx.TimeoutException:
                reason = f"no answer within {self.endpoint.timeout:g} seconds"
            except httpx.TransportError as error:
                reason = f"the connection failed ({self._shown(str(error).encode()) or type(error).__name__})"
            else:
                if response.status_code not in _AGAIN:
                    self._require_a_server(response.status_code, body)
                    return response.status_code, body
                reason = f"the server answered {response.status_code}"
                said = response.headers.get("Retry-After", "")
                wait = min(float(said), _LONGEST_WAIT) if re.fullmatch(r"\d{1,6}", said) else wait
        raise Failed(f"{reason}, {TRIES} times")

    def _bounded(self, response: httpx.Response) -> bytes:
        """Return a body, read no further than it may be large and take long."""
        import httpx

        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise Failed("an answer that is packed, which was not asked for")
        until = time.monotonic() + self.endpoint.timeout
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > MAX_ANSWER:
                raise Failed(f"an answer of more than {MAX_ANSWER:,} bytes")
            if time.monotonic() > until:
                raise httpx.ReadTimeout("the answer never ended")
        return bytes(body)

    def _require_a_server(self, status: int, body: bytes) -> None:
        """End the run where the server will take no question at all."""
        if status in (401, 403):
            raise SoutherlyError(
                f"{self.endpoint.host} refuses the key ({status}: {self._shown(body)}); expected one that it knows. "
                "See $SOUTHERLY_MODEL_KEY"
            )
        if status in (404, 405) or 300 <= status < 400:
            raise SoutherlyError(
                f"{self.endpoint.address} answered {status}: {self._shown(body)}; expected a server that speaks the "
                f"OpenAI protocol and has the model {self.endpoint.model}. See $SOUTHERLY_MODEL_URL, $SOUTHERLY_MODEL"
            )

    def _answer(self, body: bytes) -> Answer:
        """Return what the model said. Raises Failed for what is no answer of the protocol, or was cut off."""
        try:
            told = json.loads(body.decode("utf-8"))
            choice = told["choices"][0]
            text = choice["message"]["content"]
        except UnicodeDecodeError:
            raise Failed("an answer that is not UTF-8") from None
        except (ValueError, RecursionError):
            raise Failed(f"an answer that is no JSON: {self._shown(body)}") from None
        except (KeyError, IndexError, TypeError):
            raise Failed(f"an answer without a message: {self._shown(body)}") from None
        if choice.get("finish_reason") == "length":
            raise Failed("an answer that was cut off at the server's limit of tokens")
        if not isinstance(text, str):
            raise Failed("an answer without words: the model may have refused")
        usage = told.get("usage")
        counted = usage if isinstance(usage, dict) else {}
        return Answer(text, *(_natural(counted.get(name)) for name in ("prompt_tokens", "completion_tokens")))

    def _shown(self, body: bytes) -> str:
        """Return the beginning of what a server said, without the key, should it echo it."""
        text = body[:4000].decode("utf-8", "replace")
        if self.endpoint.key:
            text = text.replace(self.endpoint.key, "…")
        words = " ".join(text.split())
        return f"“{words[:160]}”" if words else ""


def _natural(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
