"""What the running program says about itself: one line an event, past tense, ids only, never personal data.

JSON on standard error; words and colours when that is a terminal. Messages of exceptions are left out, because a
database names the values it refuses; their type and the places in the code stay.
"""

from __future__ import annotations

import logging
import logging.config
import re
import secrets
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_ALLOWED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_FRAMES = 30

Event = MutableMapping[str, Any]
Trouble = tuple[type[BaseException], BaseException, TracebackType | None]


def event(name: str, **values: object) -> None:
    """Log that something happened: `event("declaration_lodged", declaration=str(id))`."""
    structlog.get_logger("gumruk").info(name, **values)


def trouble(name: str, error: BaseException, **values: object) -> None:
    """Log that something failed, with the kind of error and where it was raised."""
    structlog.get_logger("gumruk").error(name, exc_info=error, **values)


def alarm(name: str, **values: object) -> None:
    """Log what somebody should look into, though it stopped nothing."""
    structlog.get_logger("gumruk").error(name, **values)


def request_id() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))


@contextmanager
def answering(given: str) -> Iterator[str]:
    """Everything logged inside carries the id that the caller gave, or a new one when it gave none that is plain."""
    chosen = given if _ALLOWED.fullmatch(given) else secrets.token_hex(8)
    with structlog.contextvars.bound_contextvars(request=chosen):
        yield chosen


def configure(*, style: str = "auto", level: str = "INFO") -> None:
    """Send our events and those of the libraries to standard error. `style` is auto, json or console."""
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    last: Any = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer(ensure_ascii=False)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "ours": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                    "foreign_pre_chain": _SHARED,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "ours"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "gumruk": {"level": level},
                # What it says about a request, our own events say without addresses and values.
                "django": {"handlers": [], "level": "CRITICAL", "propagate": True},
            },
        }
    )


def _without_words(_: object, __: str, said: Event) -> Event:
    """Replace an exception by its kind and the places it went through."""
    found = said.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        said["error"] = type(error).__qualname__
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        said["places"] = [
            f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames
        ]
        if error.__cause__ is not None:
            said["cause"] = type(error.__cause__).__qualname__
    return said


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_words,
]
# Events go through the standard library's loggers from the first import on: silent until `configure` gives them a place.
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=False,
)
