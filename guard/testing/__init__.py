"""Upstreams for tests, without a model: scripted in memory or behind a real socket, failing on purpose."""

from guard.testing.chaos import FAULTS, Chaos, Fault, Injected
from guard.testing.replies import chat_reply, stream_frames
from guard.testing.scripted import AlwaysSame, Failing, Line, Lines, NeverSame, ScriptedUpstream
from guard.testing.server import ScriptedServer

__all__ = [
    "FAULTS",
    "AlwaysSame",
    "Chaos",
    "Failing",
    "Fault",
    "Injected",
    "Line",
    "Lines",
    "NeverSame",
    "ScriptedServer",
    "ScriptedUpstream",
    "chat_reply",
    "stream_frames",
]
