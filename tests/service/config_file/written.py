"""A valid file, the design's own example, and the ways the tests load them."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.config_file import ConfigError, Finding, load

SECRET = "sk-live-0123456789"
ENVIRON = {"MAIN_KEY": SECRET, "ADMIN_TOKEN": "t0ken-of-the-admin", "EMPTY": " "}

VALID = """\
server:
  host: 127.0.0.1
  port: 9090
  admin_port: 9091
  drain_seconds: 2.5
auth:
  admin_token: env:ADMIN_TOKEN
  clients:
    - name: alice
      key_sha256: "1111111111111111111111111111111111111111111111111111111111111111"
    - name: bob
      key_sha256: "2222222222222222222222222222222222222222222222222222222222222222"
      may_turn_off: true
upstreams:
  main:
    base_url: https://api.example.org
    api_key: env:MAIN_KEY
    transport: httpx
    models: {small: small-2024}
    headers:
      x-team: blue
    timeouts:
      total_seconds: 60
  other:
    base_url: http://127.0.0.1:11434/v1
routes:
  - match: {model: "gpt-*"}
    upstream: main
    policy: balanced
  - upstream: other
    policy: strict
policies:
  balanced:
    mode: off
  strict:
    mode: enforce
    preset: careful
    samples:
      max: 12
    thresholds: {correctness: 0.7}
    signals: [semantic_agreement, self_report]
store: {url: null}
logs:
  content: false
metrics: {enabled: true}
passthrough: [/v1/models, /v1/embeddings]
"""

# The design's own example, word for word.
DESIGN = """\
server:   {host: 127.0.0.1, port: 8080, admin_port: 8081, max_body_bytes: 16777216, drain_seconds: 20}
auth:     {clients: [], admin_token: null, allow_public_without_auth: false}     # clients: named, hashed keys
upstreams:
  openai: {base_url: https://api.openai.com/v1, dialect: openai, api_key: env:OPENAI_API_KEY,
           models: {}, headers: {}, query: {}, proxy: null, ca_file: null, client_cert: null, transport: aiohttp}
routes:                                   # first match wins
  - {match: {model: "gpt-4o*"}, upstream: openai, policy: balanced}
policies:
  balanced:
    mode: enforce                         # off | shadow | canary | enforce
    canary: {percent: 10}                 # sticky by credential and route
    shadow: {fraction: 0.1, wait: false}  # released at once, judged afterwards
    preset: balanced                      # fast | balanced | careful; keys below override it
    samples: {min: 1, max: 8, temperature: 1.0, stop: sequential}     # draws beside the candidate
    second_model: null                    # {upstream: NAME, model: NAME}: one answer of another model as a look
    judge: lexical                        # lexical | nli | llm; embedding only inside a cascade
    signals: [semantic_agreement, self_report, second_way, premise_doubt, answerability, token_probability, grounding]
    calibration: calibration.json         # or thresholds: {correctness: 0.6, answerability: 0.5}
    on_uncertified: tighten               # tighten | prior | shadow | abstain (4.6)
    deadline: {factor: 4, min_seconds: 20, seconds: null}
    budget: {token_factor: 6, min_tokens: 4000, max_extra_tokens: null}
    on_insufficient_samples: abstain      # abstain | pass | error
    on_scorer_failure: abstain
    on_upstream_abstention: keep          # keep | recover
    tools: passthrough                    # passthrough | score
    abstain: {style: auto, message: null, language: auto}             # style: auto | text | refusal | error
    explain: {allow: on_request, texts: false}                        # never | on_request | always
    usage: reply                          # reply (the reply's own, untouched) | billed
    audit_fraction: 0.01
    on_alarm: alert                       # alert | tighten | abstain
store:    {url: null}
cache:    {url: null}
logs:     {content: false, retention_days: 30}
metrics:  {enabled: true}
"""


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "guard.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def findings_of(folder: Path, text: str | bytes, environ: dict[str, str] | None = None) -> tuple[Finding, ...]:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), ENVIRON if environ is None else environ)
    assert caught.value.__cause__ is None
    return caught.value.findings


def notices_of(folder: Path, text: str) -> dict[str, Finding]:
    return {item.key: item for item in load(written(folder, text), ENVIRON).notices}
