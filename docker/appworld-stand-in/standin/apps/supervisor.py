"""The supervisor: who the agent works for, their passwords, and the end of the task."""

from .api import MESSAGE, Api, ApiError, Parameter, Shape

DESCRIPTION = "An app to access the supervisor's profile and account passwords, and to complete the task they assigned."
NOT_GIVEN = "<<NOT_GIVEN>>"


def show_profile(context, values):
    person = context.store.first("supervisor.Supervisor")
    if person is None:
        raise ApiError(409, "No supervisor found.")
    return {key: value for key, value in person.items() if key != "id"}


def show_account_passwords(context, values):
    records = context.store.find("supervisor.AccountPassword")
    return [{"account_name": record["account_name"], "password": record["password"]} for record in records]


def _task(context):
    task = context.store.first("supervisor.Task")
    if task is None:
        raise ApiError(409, "No active task found.")
    return task


def show_active_task(context, values):
    task = _task(context)
    return {key: task[key] for key in ("instruction", "status", "answer")}


def complete_task(context, values):
    task = _task(context)
    answer = values["answer"]
    context.store.update("supervisor.Task", task["id"], status=values["status"], answer=answer)
    return {"message": "Marked the active task complete."}


APIS = (
    Api("supervisor", "complete_task", "POST", "/supervisor/message",
        "Mark the currently active task as complete with the given status and answer.", complete_task, MESSAGE,
        (Parameter("answer", ("number", "integer", "string"),
                   "The answer to the task, if it asks for one; leave it out otherwise.", default=None),
         Parameter("status", ("string",), "Whether the task was done, or you give up.", default="success",
                   choices=("success", "fail")))),
    Api("supervisor", "show_profile", "GET", "/supervisor/profile", "Show your supervisor's profile.", show_profile,
        {"first_name": "string", "last_name": "string", "email": Shape(type="string", format="email"),
         "phone_number": "string", "birthday": "string",
         "sex": Shape(anyOf=[{"type": "string", "enum": ["male", "female"]}, {"type": "null"}])}),
    Api("supervisor", "show_account_passwords", "GET", "/supervisor/account_passwords",
        "Show your supervisor's account passwords.", show_account_passwords,
        [{"account_name": "string", "password": "string"}]),
    Api("supervisor", "show_active_task", "GET", "/supervisor/active_task", "Show the currently active task.",
        show_active_task, {"instruction": "string", "status": "string", "answer": "string"}),
)
