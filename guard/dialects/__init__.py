"""Wire formats: lenses that find the question and the answer in a body, and replace the answer."""

from __future__ import annotations

from collections.abc import Mapping

from guard.dialects.openai_chat import OpenAIChat
from guard.dialects.shape import Dialect, Usage

DIALECTS: Mapping[str, Dialect] = {"openai_chat": OpenAIChat()}
"""Name -> dialect. A new one is a file beside this one, a line here, a folder of golden cases and a docs section."""

__all__ = ["DIALECTS", "Dialect", "Usage"]
