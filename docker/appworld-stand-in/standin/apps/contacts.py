"""Contacts: people, groups of them, and a public directory of businesses."""

from .api import MESSAGE, Api, ApiError, integer, page, page_parameters, text
from .login import login_apis

DESCRIPTION = "An address book to find, add, change and delete contacts, with a public directory of businesses."
CONTACT = {"contact_id": "integer", "name": "string", "email": "string", "phone_number": "string",
           "relationship": "string"}
FIELDS = ("name", "email", "phone_number", "relationship")


def _own(context, identifier):
    contact = context.store.first("contacts.Contact", id=identifier)
    if contact is None or contact["user_email"] != context.user["email"]:
        raise ApiError(409, f"The contact with id {identifier} does not exist.")
    return contact


def _shown(contact):
    return {"contact_id": contact["id"], **{key: contact[key] for key in FIELDS}}


def search_contacts(context, values):
    found = context.store.find("contacts.Contact", user_email=context.user["email"])
    query = values["query"].lower()
    found = [one for one in found if query in f"{one['name']} {one['email']} {one['phone_number']}".lower()]
    if values["relationship"] is not None:
        found = [one for one in found if one["relationship"] == values["relationship"]]
    return [_shown(one) for one in page(found, values)]


def show_contact(context, values):
    return _shown(_own(context, values["contact_id"]))


def add_contact(context, values):
    identifier = context.store.insert(
        "contacts.Contact", user_email=context.user["email"], **{key: values[key] for key in FIELDS})
    return {"message": "Contact added.", "contact_id": identifier}


def update_contact(context, values):
    contact = _own(context, values["contact_id"])
    given = {key: values[key] for key in FIELDS if values[key] is not None}
    if given:
        context.store.update("contacts.Contact", contact["id"], **given)
    return {"message": "Contact updated."}


def delete_contact(context, values):
    context.store.delete("contacts.Contact", _own(context, values["contact_id"])["id"])
    return {"message": "Contact deleted."}


def create_group(context, values):
    identifier = context.store.insert("contacts.Group", user_email=context.user["email"], title=values["title"])
    return {"message": "Group created.", "group_id": identifier}


def show_listing(context, values):
    listing = context.store.first("contacts.Listing", id=values["listing_id"])
    if listing is None:
        raise ApiError(409, f"The listing with id {values['listing_id']} does not exist.")
    return {"listing_id": listing["id"], **{key: listing[key] for key in ("name", "category", "phone_number")}}


def _identifier():
    return integer("contact_id", "The id of the contact.")


APIS = (
    *login_apis("contacts"),
    Api("contacts", "search_contacts", "GET", "/contacts/contacts", "Search your contacts, or list them all.",
        search_contacts, [CONTACT],
        (text("query", "A part of the name, email or phone number; empty for all.", default=""),
         text("relationship", "Only contacts of this relationship.", default=None), *page_parameters()),
        needs_login=True),
    Api("contacts", "show_contact", "GET", "/contacts/contacts/{contact_id}", "Show a contact.", show_contact, CONTACT,
        (_identifier(),), needs_login=True),
    Api("contacts", "add_contact", "POST", "/contacts/contacts", "Add a contact.", add_contact,
        {**MESSAGE, "contact_id": "integer"},
        (text("name", "The name of the contact.", minimum_length=1), text("email", "The email address."),
         text("phone_number", "The phone number.", default=""),
         text("relationship", "How the person is related to you.", default="other")), needs_login=True),
    Api("contacts", "update_contact", "PATCH", "/contacts/contacts/{contact_id}",
        "Change a contact; what is left out stays.", update_contact, MESSAGE,
        (_identifier(), *(text(key, "The new value.", default=None) for key in FIELDS)), needs_login=True),
    Api("contacts", "delete_contact", "DELETE", "/contacts/contacts/{contact_id}", "Delete a contact.", delete_contact,
        MESSAGE, (_identifier(),), needs_login=True),
    Api("contacts", "create_group", "POST", "/contacts/groups", "Create an empty group of contacts.", create_group,
        {**MESSAGE, "group_id": "integer"}, (text("title", "The title of the group.", minimum_length=1),),
        needs_login=True),
    Api("contacts", "show_listing", "GET", "/contacts/listings/{listing_id}",
        "Show a business of the public directory.", show_listing,
        {"listing_id": "integer", "name": "string", "category": "string", "phone_number": "string"},
        (integer("listing_id", "The id of the business."),)),
)
