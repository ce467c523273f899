"""What an API declares: enough to route, validate, document and call it."""

from dataclasses import dataclass, field
from typing import Any, Callable

REQUIRED = object()


class Shape(dict):
    """A part of an answer whose JSON Schema says more than a type."""


class ApiError(Exception):
    """A refusal: a status with a message for the agent."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Parameter:
    """One parameter: its JSON type (or several), what it means, and its limits."""

    name: str
    types: tuple
    description: str
    default: Any = REQUIRED
    choices: tuple = ()
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    minimum_length: int | None = None

    @property
    def required(self):
        return self.default is REQUIRED


@dataclass(frozen=True)
class Api:
    """One API: `call(context, values)` returns what is answered, or raises ApiError."""

    app: str
    name: str
    method: str
    path: str
    description: str
    call: Callable
    response: Any
    parameters: tuple = field(default_factory=tuple)
    needs_login: bool = False
    is_form: bool = False

    def all_parameters(self):
        """The parameters as an agent sees them, the access token with them."""
        if not self.needs_login:
            return self.parameters
        token = Parameter("access_token", ("string",), f"Access token obtained from {self.app} app login.")
        return (*self.parameters, token)


@dataclass
class Context:
    """What a call works on: the state, the frozen time, and who is logged in."""

    app: str
    store: Any
    now: str
    server: Any
    user: dict | None = None
    token: str | None = None


def text(name, description, **more):
    return Parameter(name, ("string",), description, **more)


def integer(name, description, **more):
    return Parameter(name, ("integer",), description, **more)


def page_parameters():
    return (
        integer("page_index", "The index of the page to return.", default=0, minimum=0),
        integer("page_limit", "The maximum number of results to return.", default=5, minimum=1, maximum=20),
    )


def page(records, values):
    start = values["page_index"] * values["page_limit"]
    return records[start : start + values["page_limit"]]


MESSAGE = {"message": "string"}
