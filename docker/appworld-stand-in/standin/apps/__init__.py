"""The apps: what each API is called, takes and answers, and how it works on a state."""

from . import contacts, notes, supervisor, wallet

MODULES = {"supervisor": supervisor, "notes": notes, "contacts": contacts, "wallet": wallet}
APPS = {name: {api.name: api for api in module.APIS} for name, module in MODULES.items()}
DESCRIPTIONS = {name: module.DESCRIPTION for name, module in MODULES.items()}


def find(app, name):
    """An API, or None."""
    return APPS.get(app, {}).get(name)
