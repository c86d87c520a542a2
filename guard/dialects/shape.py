"""What every dialect can do: the protocol that the line speaks, without a word of any vendor's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from guard.evidence import Answer
from guard.exchange import Exchange

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one reply, as the upstream counted them or, where it did not, as estimated from the text."""

    prompt: int
    completion: int
    reasoning: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """One reply, read: its answers in order, what it cost, the model's own name for itself."""

    answers: tuple[Answer, ...]
    usage: Usage
    model: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a reply. `chances` are the likeliest tokens at its place with their natural log-probabilities."""

    text: str
    chances: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a further draw differs from the caller's own request. `max_tokens` holds where the caller set no limit."""

    temperature: float
    seed: int
    n: int
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Probing:
    """A question of the guard's own: two messages, a length limit, the shape of the reply, how hard to think.

    `chances` asks for the likeliest alternatives to each token of the reply.
    """

    system: str
    user: str
    max_tokens: int
    schema: Mapping[str, Any] | None = None
    low_effort: bool = False
    chances: bool = False


class Dialect(Protocol):
    """One wire format. All methods are pure.

    `own_in_draw` and `own_in_probe` name the parameters that the guard sets itself in such calls, so that it may leave
    them out, or use their other name of `renames`, where an endpoint refuses them. `spare` are those that only bring
    something extra: they are left out together, and first where a refusal names none.

    Two laws: reading a reply and writing its own words back gives the same reply; replacing the words and reading
    gives the new words.
    """

    name: str
    path: str
    own_in_draw: tuple[str, ...]
    own_in_probe: tuple[str, ...]
    renames: Mapping[str, str]
    spare: tuple[str, ...]

    def read(self, raw: bytes, body: Any) -> Exchange:
        """A request body to an Exchange. Raises `DialectError`."""
        ...

    def forward(self, exchange: Exchange, model: str) -> bytes:
        """The body for the upstream: the caller's own bytes when nothing has to change."""
        ...

    def draw(self, exchange: Exchange, model: str, drawing: Drawing) -> Body:
        """One further draw: the caller's body with temperature, seed and `n` of the plan, never streamed."""
        ...

    def probe(self, model: str, probing: Probing) -> Body:
        """A call of the guard's own."""
        ...

    def parse(self, reply: Any, question: str) -> Parsed:
        """A decoded reply to answers. Raises `UpstreamUnreadable` when it is not a reply of this dialect."""
        ...

    def tokens(self, reply: Any) -> tuple[Token, ...]:
        """The tokens of a decoded reply's first answer; none where the reply does not tell them."""
        ...

    def join(self, stream: bytes) -> Body:
        """The frames of a complete stream to the plain reply they amount to.

        Raises `UpstreamBroken` when the end is missing, `UpstreamRefused` never, `UpstreamUnreadable` otherwise.
        """
        ...

    def replace(self, reply: Body, words: str, *, as_refusal: bool) -> Body:
        """The same reply with other words, and without what no longer belongs to them."""
        ...

    def with_usage(self, reply: Body, prompt: int, completion: int) -> Body:
        """The same reply with another account of tokens."""
        ...

    def annotate(self, stream: bytes, extra: Body) -> bytes:
        """A complete stream with `extra` beside the choices of its last content frame, all else as it came."""
        ...

    def finishes(self, tail: bytes) -> bool:
        """Does a stream that ends in these bytes show that its answer is complete?"""
        ...

    def frames(self, reply: Body, *, usage: bool, extra: Body | None) -> Iterator[bytes]:
        """The same reply as stream events, end mark included; `extra` goes into the last content frame."""
        ...

    def error(self, message: str, *, kind: str, code: str | None, param: str | None) -> Body:
        """An error in this dialect's own envelope."""
        ...

    def error_frame(self, error: Body) -> bytes:
        """An error in the middle of a stream."""
        ...

    def keep_alive(self) -> bytes:
        """A stream event that every client ignores."""
        ...
