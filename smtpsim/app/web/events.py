"""Server-sent events (HTML 9.2): a page is told what changes while it is open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from aiohttp import web

from smtpsim.app.web.site import HEADERS


async def events(request: web.Request, values: AsyncGenerator[Any, None]) -> web.StreamResponse:
    """Send each value as JSON until the page is closed; None sends a comment, which shows whether anybody listens."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    with suppress(ConnectionError, asyncio.CancelledError):
        async with aclosing(values) as sent:
            async for value in sent:
                text = ":" if value is None else f"data: {json.dumps(value, ensure_ascii=False)}"
                await response.write(f"{text}\n\n".encode("utf-8", "replace"))
    return response
