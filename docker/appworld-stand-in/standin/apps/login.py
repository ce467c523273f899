"""Login and logout, which all apps but the supervisor's have in common."""

import hashlib

from .api import MESSAGE, Api, ApiError, Context, text


def token_of(app, email):
    """The token of a person in an app: always the same, as logins of one frozen moment are."""
    return hashlib.sha256(f"stand-in token\0{app}\0{email}".encode()).hexdigest()


def login(context: Context, values):
    user = context.store.first(f"{context.app}.User", email=values["username"])
    if user is None or user["password"] != values["password"]:
        raise ApiError(401, "Invalid credentials")
    return {"access_token": token_of(context.app, user["email"]), "token_type": "Bearer"}


def logout(context: Context, values):
    context.server.logged_out.add(context.token)
    return {"message": "Successfully logged out."}


def authenticate(context: Context, token):
    """Sets the user of a context by a token, or raises."""
    if token and token not in context.server.logged_out:
        for user in context.store.find(f"{context.app}.User"):
            if token_of(context.app, user["email"]) == token:
                context.user, context.token = user, token
                return
    raise ApiError(
        401,
        f"You are either not authorized to access this {context.app} API endpoint or your access token is missing, "
        "invalid or expired.")


def login_apis(app):
    return (
        Api(app, "login", "POST", f"/{app}/auth/token", "Login to your account.", login,
            {"access_token": "string", "token_type": "string"},
            (text("username", "Your account email."), text("password", "Your account password.")), is_form=True),
        Api(app, "logout", "POST", f"/{app}/auth/logout", "Logout from your account.", logout, MESSAGE,
            needs_login=True),
    )
