"""A wallet: a balance, payments and requests for payment."""

from .api import MESSAGE, Api, ApiError, Parameter, page, page_parameters, text
from .login import login_apis

DESCRIPTION = "A payment app to send money to people, ask them for it, and see what was paid."
TRANSACTION = {"transaction_id": "integer", "sender_email": "string", "receiver_email": "string", "amount": "number",
               "description": "string", "created_at": "string"}


def _cents(amount):
    return round(amount * 100)


def _other(context, email):
    person = context.store.first("wallet.User", email=email)
    if person is None:
        raise ApiError(409, f"The user with email {email} does not exist.")
    if email == context.user["email"]:
        raise ApiError(409, "You cannot send money to, or request it from, yourself.")
    return person


def show_balance(context, values):
    return {"balance": context.user["balance_cents"] / 100}


def send_money(context, values):
    receiver = _other(context, values["receiver_email"])
    cents = _cents(values["amount"])
    if cents > context.user["balance_cents"]:
        raise ApiError(409, "You do not have enough balance for this payment.")
    context.store.update("wallet.User", context.user["id"], balance_cents=context.user["balance_cents"] - cents)
    context.store.update("wallet.User", receiver["id"], balance_cents=receiver["balance_cents"] + cents)
    identifier = context.store.insert(
        "wallet.Transaction", sender_email=context.user["email"], receiver_email=receiver["email"],
        amount_cents=cents, description=values["description"], created_at=context.now)
    return {"message": "Sent money.", "transaction_id": identifier}


def request_money(context, values):
    payer = _other(context, values["payer_email"])
    identifier = context.store.insert(
        "wallet.Request", sender_email=context.user["email"], receiver_email=payer["email"],
        amount_cents=_cents(values["amount"]), description=values["description"], status="open",
        created_at=context.now)
    return {"message": "Requested money.", "request_id": identifier}


def _shown(record, key):
    return {key: record["id"], "sender_email": record["sender_email"], "receiver_email": record["receiver_email"],
            "amount": record["amount_cents"] / 100, "description": record["description"],
            "created_at": record["created_at"]}


def _involving(context, model):
    email = context.user["email"]
    return [one for one in context.store.find(model) if email in (one["sender_email"], one["receiver_email"])]


def show_transactions(context, values):
    found = _involving(context, "wallet.Transaction")
    return [_shown(one, "transaction_id") for one in page(found, values)]


def show_requests(context, values):
    found = _involving(context, "wallet.Request")
    return [{**_shown(one, "request_id"), "status": one["status"]} for one in page(found, values)]


def _amount():
    return Parameter("amount", ("number",), "The amount in dollars.", exclusive_minimum=0)


APIS = (
    *login_apis("wallet"),
    Api("wallet", "show_balance", "GET", "/wallet/balance", "Show your balance.", show_balance, {"balance": "number"},
        needs_login=True),
    Api("wallet", "send_money", "POST", "/wallet/transactions", "Send money to a person.", send_money,
        {**MESSAGE, "transaction_id": "integer"},
        (text("receiver_email", "The email address of the receiver."), _amount(),
         text("description", "What it is for.", default="")), needs_login=True),
    Api("wallet", "show_transactions", "GET", "/wallet/transactions", "List payments that you sent or received.",
        show_transactions, [TRANSACTION], page_parameters(), needs_login=True),
    Api("wallet", "request_money", "POST", "/wallet/requests", "Ask a person for money.", request_money,
        {**MESSAGE, "request_id": "integer"},
        (text("payer_email", "The email address of the person who is to pay."), _amount(),
         text("description", "What it is for.", default="")), needs_login=True),
    Api("wallet", "show_requests", "GET", "/wallet/requests", "List requests that you sent or received.",
        show_requests, [{**TRANSACTION, "status": "string"}], page_parameters(), needs_login=True),
)
