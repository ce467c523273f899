"""Reads JSON bodies as the environment's web framework does, and words what is wrong as it does."""

import json

from .http import Response
from .validation import Unfit, coerce

CODES = {"string": "string_type", "integer": "int_type", "number": "float_type", "boolean": "bool_type",
         "array": "list_type"}


class BadBody(Exception):
    """A body that the framework refuses; `response` is its answer."""

    def __init__(self, *details):
        super().__init__(details)
        self.response = Response.json({"detail": list(details)}, 422)


def _detail(kind, location, message, value, **more):
    return {"type": kind, "loc": location, "msg": message, "input": value, **more}


def parse(request):
    """The JSON of a body; None for an empty one."""
    if not request.body:
        return None
    kind = request.header("content-type").split(";")[0].strip().lower()
    if kind and kind != "application/json" and not kind.endswith("+json"):
        return request.body.decode("utf-8", "replace")
    try:
        return json.loads(request.body)
    except json.JSONDecodeError as error:
        raise BadBody(_detail("json_invalid", ["body", error.pos], "JSON decode error", {},
                              ctx={"error": error.msg})) from None


def fields(request, declared):
    """The values of separate body fields, declared as `name: (kind, default)` with `...` for required."""
    body = parse(request)
    return _values(body if isinstance(body, dict) else {}, declared, None)


def model(request, declared):
    """The values of a body that is one object; unknown keys are ignored."""
    body = parse(request)
    if body is None:
        raise BadBody(_detail("missing", ["body"], "Field required", None))
    if not isinstance(body, dict):
        raise BadBody(_detail("model_attributes_type", ["body"],
                              "Input should be a valid dictionary or object to extract fields from", body))
    return _values(body, declared, body)


def _values(body, declared, shown):
    """The declared values; `shown` is what the framework says it was given where one is missing."""
    values, wrong = {}, []
    for name, (kind, default) in declared.items():
        if name in body:
            values[name] = _checked(["body", name], kind, body[name], wrong)
            continue
        if default is ...:
            wrong.append(_detail("missing", ["body", name], "Field required", shown))
        values[name] = default
    if wrong:
        raise BadBody(*wrong)
    return values


def _checked(location, kind, value, wrong):
    """A value as its kind: a type, `type?` for one that may be null, `string[]`, or a tuple of choices."""
    if isinstance(kind, tuple):
        if value not in kind:
            expected = ", ".join(repr(one) for one in kind[:-1]) + f" or {kind[-1]!r}"
            wrong.append(_detail("literal_error", location, f"Input should be {expected}", value,
                                 ctx={"expected": expected}))
        return value
    if kind.endswith("?"):
        if value is None:
            return None
        kind = kind[:-1]
    is_list = kind.endswith("[]")
    try:
        fitting = coerce(value, "array" if is_list else kind)
    except Unfit as failure:
        wrong.append(_unfit(location, "array" if is_list else kind, value, str(failure)))
        return value
    if is_list:
        return [_checked([*location, index], kind[:-2], one, wrong) for index, one in enumerate(fitting)]
    return fitting


def _unfit(location, kind, value, message):
    code = CODES[kind]
    if "fractional" in message:
        code = "int_from_float"
    elif "unable to" in message:
        code = {"integer": "int_parsing", "number": "float_parsing", "boolean": "bool_parsing"}[kind]
    return _detail(code, location, message, value)
