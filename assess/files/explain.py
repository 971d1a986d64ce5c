"""What pydantic found wrong, in our words: what stands there, what is allowed, the nearest valid word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args
from unicodedata import normalize

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assess.core.config import DAYS_EXPECTED
from assess.core.finding import Finding, Route, did_you_mean, only_looks_like
from assess.core.keymap import KEY_EXPECTED, key_meant
from assess.core.message import Message, message
from assess.core.questionnaire import DAY_EXPECTED, NAME_EXPECTED, TAG_EXPECTED, TEXT_EXPECTED
from assess.core.text import quoted
from assess.files.scalar import plain_value


def explain(error: ValidationError, model: type[BaseModel], data: Any) -> Iterator[Finding]:
    """One finding for each thing wrong, with the route to it."""
    details = error.errors(include_url=False)
    return (_explain(detail, model, data) for detail in details if not _only_follows(detail))


def _only_follows(detail: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because it left out the items that are wrong themselves."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _explain(detail: ErrorDetails, model: type[BaseModel], data: Any) -> Finding:
    route = _route(detail["loc"], data)
    kind = detail["type"]
    if kind == "missing":
        key = str(detail["loc"][-1])
        return Finding("missing-key", message("“{key}” is missing here", key=key), route=(*route, key))
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        allowed = keys_at(model, detail["loc"][:-1])
        what = message("unknown key “{key}”", key=quoted(key))
        wanted = only_looks_like(key) or did_you_mean(key, allowed)
        return Finding("unknown-key", what, hint=wanted, route=route, at_key=True)
    what, hint = _wrong_value(kind, detail)
    return Finding("wrong-value", what, hint=hint, route=route, at_key="[key]" in detail["loc"])


def _route(loc: tuple[str | int, ...], data: Any) -> Route:
    """Pydantic's location as steps that are in the file.

    In the short form `[warn, {min: 0.8}]` an option is a key of the last item; steps of other short forms go.
    """
    route: list[str | int] = []
    for position, step in enumerate(loc):
        if step == "[key]":
            continue
        last = position == len(loc) - 1
        if isinstance(data, dict) and isinstance(step, str) and (step in data or last):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, list) and data and isinstance(data[-1], dict) and step in data[-1]:
            route.append(len(data) - 1)
            data = data[-1][step]
        else:
            continue
        route.append(step)
    return tuple(route)


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the model at this location knows."""
    current = model
    for step in loc:
        fields = {f.alias or name: f for name, f in current.model_fields.items()}
        if step in fields:  # any other step chooses an item of the list or mapping that we already went into
            current = _model_in(fields[str(step)].annotation) or current
    return tuple(f.alias or name for name, f in current.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, `tuple[X, ...]`, `dict[str, X]`, `Annotated[X, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(arg) for arg in get_args(annotation))
    return next((model for model in found if model is not None), None)


def found(value: Any) -> Message:
    """What stands there, named as a person would name it, and short."""
    for type_, named in _FOUND:
        if isinstance(value, type_):
            return Message(named.template, {"value": quoted(str(value).lower())})
    text = "" if value is None else str(value)
    if value is None:
        return message("nothing")
    if not text.strip():
        return message("an empty text")
    return message("“{text}”", text=quoted(text))


_FOUND: tuple[tuple[type, Message], ...] = (
    (bool, message("“{value}” (a yes or no)")),
    (int, message("the number {value}")),
    (float, message("the number {value}")),
    (list, message("a list")),
    (Mapping, message("a mapping")),
)

_EXPECTED: dict[str, Message] = {
    "string_type": message("a text"),
    "string_pattern_mismatch": TEXT_EXPECTED,
    "int_type": message("a whole number"),
    "float_type": message("a number"),
    "bool_type": message("true or false"),
    "dict_type": message("a mapping"),
    "model_type": message("a mapping"),
    "model_attributes_type": message("a mapping"),
    "tuple_type": message("a list"),
    "date": DAY_EXPECTED,
    "name": NAME_EXPECTED,
    "tag": TAG_EXPECTED,
    "choice": message("a level from 0 to 6, dont-know or not-applicable"),
    "days": DAYS_EXPECTED,
    "key": KEY_EXPECTED,
    "rule": message("off, warn or error, or [LEVEL, {{OPTION: VALUE}}]"),
    "finite_number": message("a finite number"),
}
_NUMBERS = {"choice", "int_type", "float_type", "bool_type"}
_FEW_CHARACTERS = {"choice", "date", "days", "int_type", "float_type", "bool_type", "name", "tag", "rule"}
_OPENS = re.compile(r"\s*(?:[［｛【－–—−]|[\w.-]+：)")
"""How a list or a mapping begins when it was typed full-width."""
_ENDS = message("the lowest level is worth 0 and the highest 1; the values here do not begin and end there")
_ORDER = message("the values of the levels must rise from each level to the next")


_COUNTING = {"too_short", "too_long"}


def _wrong_value(kind: str, detail: ErrorDetails) -> tuple[Message, Message | None]:
    context = detail.get("ctx", {})
    if kind == "level_ends":
        return _ENDS, message("so that a team at the lowest level everywhere scores 0, and at the highest 100")
    if kind == "level_order":
        return _ORDER, None
    value = detail["input"]
    here = message("{count}", count=len(value)) if kind in _COUNTING else found(value)
    if kind == "literal_error":
        allowed = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return message("found {found}", found=here), did_you_mean(str(value), allowed)
    expected = _EXPECTED.get(kind) or _limit(kind, context)
    if expected is None:
        expected = message("{expected}", expected=detail["msg"])
    hint = None
    if kind == "string_type" and isinstance(value, int | float):
        hint = message("put it in quotes")
    elif kind == "key" and isinstance(value, str) and (meant := key_meant(value)) is not None:
        hint = message("did you mean “{near}”?", near=meant)
    elif isinstance(value, str) and (kind in _FEW_CHARACTERS or _OPENS.match(value)):
        hint = only_looks_like(value)
        if hint is None and kind in _NUMBERS and isinstance(plain_value(value or "~"), int | float):
            hint = message("write it without quotes")
        if kind == "name" and hint is None and value != normalize("NFC", value):
            hint = message("letters and accents are coded apart here: type the name anew")
    return message("expected {expected}, found {found}", expected=expected, found=here), hint


def _limit(kind: str, context: Mapping[str, Any]) -> Message | None:
    limits = {
        "greater_than_equal": ("ge", message("at least {limit}", limit=context.get("ge"))),
        "less_than_equal": ("le", message("at most {limit}", limit=context.get("le"))),
        "too_short": ("min_length", message("at least {limit} of them", limit=context.get("min_length"))),
        "too_long": ("max_length", message("at most {limit} of them", limit=context.get("max_length"))),
    }
    return limits[kind][1] if kind in limits else None
