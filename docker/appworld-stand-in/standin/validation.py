"""Two ways of checking arguments: leniently as the API server does, strictly as the MCP server does."""

from .apps.api import ApiError

UNPARSED = {
    "integer": "Input should be a valid integer, unable to parse string as an integer",
    "number": "Input should be a valid number, unable to parse string as a number",
    "boolean": "Input should be a valid boolean, unable to interpret input",
}
WRONG = {
    "integer": "Input should be a valid integer", "number": "Input should be a valid number",
    "string": "Input should be a valid string", "boolean": "Input should be a valid boolean",
    "array": "Input should be a valid list", "object": "Input should be a valid dictionary",
}
TRUE, FALSE = ("true", "1", "yes", "on", "t", "y"), ("false", "0", "no", "off", "f", "n")


class Unfit(Exception):
    """A value is not what is asked for; the text says how."""


def coerce(value, kind):
    """A value as its type, texts read leniently; raises Unfit."""
    if kind == "string" and isinstance(value, str):
        return value
    if kind == "array" and isinstance(value, list):
        return value
    if kind == "object" and isinstance(value, dict):
        return value
    if kind == "boolean":
        return _boolean(value)
    if kind in ("integer", "number"):
        return _number(value, kind)
    raise Unfit(WRONG[kind])


def _boolean(value):
    if isinstance(value, bool):
        return value
    if value in (0, 1) or isinstance(value, str):
        text = str(value).lower()
        if text in TRUE or text in FALSE:
            return text in TRUE
        raise Unfit(UNPARSED["boolean"])
    raise Unfit(WRONG["boolean"])


def _number(value, kind):
    if isinstance(value, str):
        try:
            return int(value.strip()) if kind == "integer" else float(value)
        except ValueError:
            raise Unfit(UNPARSED[kind]) from None
    if isinstance(value, bool) or isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if kind == "number":
            return value
        if value.is_integer():
            return int(value)
        raise Unfit("Input should be a valid integer, got a number with a fractional part")
    raise Unfit(WRONG[kind])


def plain(number):
    """A limit as it is printed."""
    return str(int(number)) if float(number).is_integer() else str(number)


def _check_limits(parameter, value):
    if parameter.choices and value not in parameter.choices:
        raise Unfit("Input should be " + " or ".join(repr(choice) for choice in parameter.choices))
    if parameter.minimum is not None and value < parameter.minimum:
        raise Unfit(f"Input should be greater than or equal to {plain(parameter.minimum)}")
    if parameter.exclusive_minimum is not None and value <= parameter.exclusive_minimum:
        raise Unfit(f"Input should be greater than {plain(parameter.exclusive_minimum)}")
    if parameter.maximum is not None and value > parameter.maximum:
        raise Unfit(f"Input should be less than or equal to {plain(parameter.maximum)}")
    if parameter.minimum_length is not None and len(value) < parameter.minimum_length:
        unit = "character" if parameter.minimum_length == 1 else "characters"
        raise Unfit(f"String should have at least {parameter.minimum_length} {unit}")


def _is_already(value, kind):
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, {"integer": int, "number": (int, float), "string": str, "boolean": bool,
                              "array": list, "object": dict}[kind])


def _read(parameter, value):
    for kind in parameter.types:
        if _is_already(value, kind):
            _check_limits(parameter, value)
            return value
    failures = []
    for kind in parameter.types:
        try:
            fitting = coerce(value, kind)
        except Unfit as failure:
            failures.append(str(failure))
        else:
            _check_limits(parameter, fitting)
            return fitting
    raise Unfit("\n".join(failures))


def lenient(parameters, given):
    """The values of an API call, defaults filled in; what is wrong is one error with status 422."""
    values, wrong = {}, []
    for parameter in parameters:
        # A null is as good as nothing.
        value = given.get(parameter.name)
        if value is None:
            if parameter.required:
                wrong.append(f"{parameter.name}: Field required")
            else:
                values[parameter.name] = parameter.default
            continue
        try:
            values[parameter.name] = _read(parameter, value)
        except Unfit as failure:
            wrong += [f"{parameter.name}: {line}" for line in str(failure).split("\n")]
    if wrong:
        raise ApiError(422, "Validation error. Reason: \n" + "\n".join(wrong))
    return values


def strict(parameters, given):
    """What a JSON Schema validator says first about arguments, or None."""
    for parameter in parameters:
        if parameter.required and parameter.name not in given:
            return f"{parameter.name!r} is a required property"
    wrong = {}
    for parameter in parameters:
        if parameter.name in given:
            said = _strict_one(parameter, given[parameter.name])
            if said:
                wrong[parameter.name] = said
    # Of errors as deep as each other, a validator reports that of the name that sorts last.
    return wrong[max(wrong)] if wrong else None


def _strict_one(parameter, value):
    if not any(_strict_type(value, kind) for kind in parameter.types):
        if len(parameter.types) > 1:
            return f"{value!r} is not valid under any of the given schemas"
        return f"{value!r} is not of type {parameter.types[0]!r}"
    if parameter.choices and value not in parameter.choices:
        return f"{value!r} is not one of {list(parameter.choices)!r}"
    if parameter.minimum is not None and value < parameter.minimum:
        return f"{value!r} is less than the minimum of {plain(parameter.minimum)}"
    if parameter.exclusive_minimum is not None and value <= parameter.exclusive_minimum:
        return f"{value!r} is less than or equal to the minimum of {plain(parameter.exclusive_minimum)}"
    if parameter.maximum is not None and value > parameter.maximum:
        return f"{value!r} is greater than the maximum of {plain(parameter.maximum)}"
    if parameter.minimum_length is not None and len(value) < parameter.minimum_length:
        return f"{value!r} should be non-empty" if parameter.minimum_length == 1 else f"{value!r} is too short"
    return None


def _strict_type(value, kind):
    # To JSON Schema, 3.0 is an integer.
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return _is_already(value, kind)
