"""What is told about the APIs: descriptions, tool schemas, and the api_docs app of code agents."""

from . import apps
from .apps.api import ApiError, Shape


def schema(parameter):
    """The JSON Schema of a parameter, as tools/list shows it."""
    if len(parameter.types) > 1:
        shown = {"description": parameter.description}
        if not parameter.required:
            shown["default"] = parameter.default
        return {**shown, "anyOf": [{"type": kind} for kind in parameter.types]}
    shown = {"type": parameter.types[0]}
    if parameter.types[0] == "array":
        shown["items"] = {"type": "string"}
    if parameter.choices:
        shown["enum"] = list(parameter.choices)
    for key, value in (("minimum", parameter.minimum), ("exclusiveMinimum", parameter.exclusive_minimum),
                       ("maximum", parameter.maximum), ("minLength", parameter.minimum_length)):
        if value is not None:
            shown[key] = value
    shown["description"] = parameter.description
    if not parameter.required:
        shown["default"] = parameter.default
    return shown


def input_schema(api):
    parameters = api.all_parameters()
    return {
        "type": "object",
        "properties": {parameter.name: schema(parameter) for parameter in parameters},
        "required": [parameter.name for parameter in parameters if parameter.required],
    }


def _title(name):
    return name.replace("_", " ").title()


def _answer_schema(shape, title):
    if isinstance(shape, Shape):
        return {**shape, "title": title}
    if isinstance(shape, list):
        return {"items": _answer_schema(shape[0], title), "type": "array", "title": title}
    if isinstance(shape, dict):
        properties = {key: _answer_schema(value, _title(key)) for key, value in shape.items()}
        return {"properties": properties, "additionalProperties": False, "type": "object",
                "required": list(shape), "title": title}
    return {"type": shape, "title": title}


def output_schema(api):
    """Success or failure, each below `response`."""
    def wrapped(title, answer):
        return {"title": title, "type": "object", "properties": {"response": answer}, "required": ["response"]}

    name = "".join(_title(api.name).split()) + "Response"
    return {"anyOf": [
        wrapped("Success Response", _answer_schema(api.response, name)),
        wrapped("Failure Response", _answer_schema({"message": "string"}, "MessageResponse")),
    ]}


def _constraints(parameter):
    found = []
    if parameter.choices:
        found.append("value in " + repr(list(parameter.choices)))
    for sign, limit in ((">=", parameter.minimum), (">", parameter.exclusive_minimum), ("<=", parameter.maximum)):
        if limit is not None:
            found.append(f"value {sign} {limit}")
    if parameter.minimum_length is not None:
        found.append(f"length >= {parameter.minimum_length}")
    return found


def standard(api):
    """An API as the api_docs app shows it."""
    return {
        "app_name": api.app, "api_name": api.name, "path": api.path, "method": api.method,
        "description": api.description,
        "parameters": [
            {"name": one.name, "type": " | ".join(one.types), "required": one.required,
             "description": one.description, "default": None if one.required else one.default,
             "constraints": _constraints(one)}
            for one in api.all_parameters()
        ],
        "response_schemas": {"success": api.response, "failure": {"message": "string"}},
    }


def all_standard():
    return {app: {name: standard(api) for name, api in found.items()} for app, found in apps.APPS.items()}


def function_calling(api):
    return {"type": "function", "function": {
        "name": f"{api.app}__{api.name}", "description": api.description, "parameters": input_schema(api)}}


# The api_docs app: plain functions, for it has no state and is offered to code only.


def show_app_descriptions():
    return [{"name": app, "description": text} for app, text in apps.DESCRIPTIONS.items()]


def show_api_descriptions(app_name):
    if app_name not in apps.APPS:
        return None
    return [{"name": api.name, "description": api.description} for api in apps.APPS[app_name].values()]


def show_api_doc(app_name, api_name):
    api = apps.find(app_name, api_name)
    if api is None:
        raise ApiError(
            422, f"No APIs with name {api_name} found for the {app_name} app. Check the api and app name again.")
    return standard(api)


def search_api_docs(query, page_index=0, page_limit=5):
    words = query.lower().split()
    every = [api for found in apps.APPS.values() for api in found.values()]
    fitting = [api for api in every if any(word in f"{api.app} {api.name} {api.description}".lower() for word in words)]
    return [standard(api) for api in fitting[page_index * page_limit : (page_index + 1) * page_limit]]


API_DOCS = {function.__name__: function
            for function in (show_app_descriptions, show_api_descriptions, show_api_doc, search_api_docs)}
