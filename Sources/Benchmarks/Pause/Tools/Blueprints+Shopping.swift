extension ToolBlueprint {
    /// The shop.
    static let shop: [ToolBlueprint] = [
        .init(
            "browse_items", "A page of the shop's products, fifteen a page.",
            [.integer("page", "The page, from 1.", from: 1)]),
        .init(
            "inspect_item", "All about one product: nutrition, sizes and prices, discount, stock, delivery.",
            [.text("product_id", "The product's id.")]),
        .init(
            "add_to_cart", "Puts a product into the cart, as a new line.",
            [
                .text("product_id", "The product's id."), .text("size", "One of the product's sizes."),
                .integer("quantity", "How many packs.", from: 1),
            ]),
        .init(
            "remove_from_cart", "Takes a line out of the cart.",
            [.text("cart_item_id", "The line's id, as add_to_cart or get_cart gave it.")]),
        .init("get_cart", "The cart with today's prices."),
        .init("get_wallet", "Balance, membership and vouchers."),
        .init(
            "prepare_order",
            "Makes a pending order of the cart and empties it. The user pays it; a voucher that does not apply does "
                + "not stop it.",
            [.text("voucher_id", "The voucher to use, if any.").optional]),
        .init(
            "upgrade_membership_request", "Makes a pending purchase of a membership, which the user pays.",
            [.text("vip_duration", "How long.", among: VIPDuration.allCases.map(\.rawValue))]),
        .init("get_transactions", "All orders and memberships with their states."),
    ]
}
