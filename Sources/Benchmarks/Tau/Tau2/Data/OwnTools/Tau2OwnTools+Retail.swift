extension Tau2OwnTools {
    private static let order = OwnParameter.text("order_id", "The order, with its number sign, as `#W0000000`.")
    private static let items = OwnParameter.texts("item_ids", "The items concerned; an item twice counts twice.")
    private static let replacements = OwnParameter.texts(
        "new_item_ids", "The new items, one for each item in `item_ids`, in the same order.")
    private static let payment = OwnParameter.text(
        "payment_method_id", "A payment method of the user's profile, as `credit_card_0000000`.")
    private static let address: [OwnParameter] = [
        .text("address1", "Street and number."), .text("address2", "Apartment or suite; may be empty."),
        .text("city", "City."), .text("state", "State, as `CA`."), .text("country", "Country, as `USA`."),
        .text("zip", "Zip code."),
    ]

    static let retail: [OwnTool] = [
        calculate,
        (
            "cancel_pending_order", "Cancel an order that is still pending and refund it. The user must have agreed.",
            [
                order,
                .text("reason", "Either `no longer needed` or `ordered by mistake`."),
            ]
        ),
        (
            "exchange_delivered_order_items",
            "Exchange items of a delivered order for other variants of the same products; once per order, after the "
                + "user has agreed.",
            [order, items, replacements, payment]
        ),
        (
            "find_user_id_by_name_zip", "Find a user by name and zip code.",
            [
                .text("first_name", "First name."), .text("last_name", "Last name."), .text("zip", "Zip code."),
            ]
        ),
        ("find_user_id_by_email", "Find a user by email.", [.text("email", "The email address.")]),
        ("get_order_details", "Look up an order.", [order]),
        (
            "get_product_details", "Look up a product with all its variants.",
            [.text("product_id", "The product; not an item's id.")]
        ),
        ("get_item_details", "Look up one variant of a product.", [.text("item_id", "The item; not a product's id.")]),
        ("get_user_details", "Look up a user's profile and orders.", [.text("user_id", "The user.")]),
        ("list_all_product_types", "List all products by name with their ids.", []),
        (
            "modify_pending_order_address", "Change where a pending order goes. The user must have agreed.",
            [order] + address
        ),
        (
            "modify_pending_order_items",
            "Change items of a pending order to other variants of the same products; once per order, after the user "
                + "has agreed.",
            [order, items, replacements, payment]
        ),
        (
            "modify_pending_order_payment", "Change how a pending order is paid. The user must have agreed.",
            [order, payment]
        ),
        (
            "modify_user_address", "Change a user's default address. The user must have agreed.",
            [.text("user_id", "The user.")] + address
        ),
        (
            "return_delivered_order_items", "Take back items of a delivered order. The user must have agreed.",
            [order, items, payment]
        ),
        transfer,
    ]
}
