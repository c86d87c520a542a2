"""What the contract's tests ask for, and how they look at an error."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest

from guard.errors import UpstreamError
from guard.upstream import Call, Upstream

CALL = Call("POST", "/chat/completions", b'{"model":"m"}')
SECRET = "sk-canary-4711"

Connect = Callable[..., Upstream]
"""Makes the transport under test: the base URL and whatever settings the test needs."""


async def fails(upstream: Upstream, kind: type[UpstreamError], **how: Any) -> UpstreamError:
    """Send, expect exactly this error, and see that neither it nor its traceback tells a secret."""
    with pytest.raises(UpstreamError) as caught:
        await upstream.send(CALL, **how)
    assert type(caught.value) is kind, caught.value
    assert "'one'" in str(caught.value)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(upstream)
    assert SECRET not in told
    return caught.value
