"""Evidence: all that was learnt by asking. A frozen value, one line of JSON.

Everything after gathering is a pure function of this record, so a bug report, a calibration and a benchmark are all
replays of such lines. A field that is not known is None, never a number that looks like one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "evidence/1"

Kind = Literal["answer", "abstain", "refuse"]
"""What a completion does: answers, says it does not know (abstain), or will not (refuse)."""

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A number in [0, 1], higher = more trustworthy."""

DiversitySign = Literal["", "cache_hit", "same_reply", "verbatim"]
"""How copies gave themselves away: a gateway's header, one reply in several calls, long texts equal to the letter."""

Purpose = Literal["candidate", "draw", "self_report", "second_way", "cross_model", "checklist", "judge"]


class Record(BaseModel):
    """Frozen, and tolerant of fields that a later version added."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Answer(Record):
    """One completion, read.

    `text` is what the reader sees, `final` the short answer in it, `reasoning` what the model thought where the
    endpoint shows it. `complete` is False for a completion cut off at a length limit. `logprob` is the mean
    log-probability a token (nats, at most 0), where the upstream gives it. `stated` is the confidence in [0, 1] that
    the completion itself states with its answer. `reply_id` is the upstream's own id.
    """

    text: str
    final: str
    kind: Kind = "answer"
    reasoning: str = ""
    complete: bool = True
    tool_call: bool = False
    logprob: float | None = None
    stated: Unit | None = None
    reply_id: str = ""
    fingerprint: str = ""


class Failure(Record):
    """A look that brought nothing: which purpose, the closed kind of fault, how many answers are missing."""

    purpose: Purpose
    kind: str
    missing: int = 1


class SelfReport(Record):
    """What the model says of its own answer when asked apart, with the answer quoted as data.

    `value` is in [0, 1]; `form` says how it was given: a number, or a yes / no. `affirmed` is the yes or no, the
    model's own where it gave one. `p_true` is the probability of the word yes against no where the reply says it, in
    [0, 1]; None where the endpoint gives no alternatives to its tokens.
    """

    value: Unit
    form: Literal["number", "yes_no"]
    affirmed: bool
    prompt: str
    p_true: Unit | None = None


class Checklist(Record):
    """What the model finds in the question when it is asked what an answer would need; it does not see the answer.

    Of `needed` facts those in `missing` are neither given nor known, and `unquoted` many are said to be given in words
    that the question does not have. Of `assumed` claims those in `false` are not so, and `unsure` many may not be.
    `readings` are ways to understand the question; `changes` says that the answer depends on the day; `all_given` is
    the other framing: is everything there? `given` is the probability of a yes to it, where only that was asked and the
    endpoint gives log-probabilities.
    """

    needed: int
    missing: tuple[str, ...] = ()
    unquoted: int = 0
    assumed: int = 0
    false: tuple[str, ...] = ()
    unsure: int = 0
    readings: tuple[str, ...] = ()
    changes: bool = False
    all_given: bool = True
    given: Unit | None = None
    prompt: str


class Look(Record):
    """Another answer to the same question: the model's own by another way, or another model's.

    `similarities` are to the candidate and to the draws, in that order, in [0, 1].
    """

    answer: Answer
    similarities: tuple[float, ...]


class Spending(Record):
    """What one purpose cost: calls, tokens as the upstream counted them (or as we did where it cannot), seconds."""

    purpose: Purpose
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


class Circumstances(Record):
    """How the Evidence was gathered: what a replay needs besides the answers."""

    policy: str
    mode: str
    route: str = ""
    min_confidence: float | None = None
    structured: bool = False


class Evidence(Record):
    """All that was learnt about one request.

    `draws` are the further completions that came back; `asked` is how many the plan asked for in the end, so
    `asked - len(draws)` are missing. `similarities` is the symmetric matrix over the candidate and the draws, in that
    order, entries in [0, 1]; `clusters` gives each of them the number of its meaning (the candidate's is 0).
    `deadline_hit` says that time ended the asking, not the plan. `diversity` is False where the draws are copies, and
    `diversity_sign` says what shows it.
    """

    schema_: Literal["evidence/1"] = Field(default="evidence/1", alias="schema")
    id: str
    dialect: str
    model: str
    reported_model: str = ""
    question: str
    context: str = ""
    candidate: Answer
    draws: tuple[Answer, ...] = ()
    asked: int = 0
    failures: tuple[Failure, ...] = ()
    similarities: tuple[tuple[float, ...], ...] = ()
    clusters: tuple[int, ...] = ()
    self_report: SelfReport | None = None
    second_way: Look | None = None
    cross_model: Look | None = None
    checklist: Checklist | None = None
    spending: tuple[Spending, ...] = ()
    diversity: bool = True
    diversity_sign: DiversitySign = ""
    applicable: bool = True
    deadline_hit: bool = False
    circumstances: Circumstances
    fingerprints: tuple[tuple[str, str], ...] = ()

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    @property
    def answering_model(self) -> str:
        """The model that answered: as the upstream reports it, else as it was asked for."""
        return self.reported_model or self.model

    @property
    def used(self) -> int:
        """Draws that came back."""
        return len(self.draws)

    @property
    def failed(self) -> int:
        """Draws that were asked for and did not come back."""
        return max(self.asked - len(self.draws), 0)

    @property
    def tokens(self) -> int:
        """Tokens of all calls, prompts included: what was billed."""
        return sum(spent.tokens for spent in self.spending)

    def to_json(self) -> str:
        """One line of JSON, without a line end."""
        return self.model_dump_json(by_alias=True)

    @classmethod
    def from_json(cls, line: str | bytes) -> Evidence:
        """Read one line back. Raises `pydantic.ValidationError` when it is not Evidence of this schema."""
        return cls.model_validate_json(line)
