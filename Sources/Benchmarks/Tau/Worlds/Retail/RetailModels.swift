import JSON

/// The models of the retail domain.
enum RetailModels {
    static let variant = ModelSchema(
        "Variant",
        [
            .field("item_id", .string),
            .field("options", .dictionary(.string)),
            .field("available", .boolean),
            .field("price", .float),
        ])

    static let product = ModelSchema(
        "Product",
        [
            .field("name", .string),
            .field("product_id", .string),
            .field("variants", .dictionary(.model(variant))),
        ])

    static let userName = ModelSchema(
        "UserName",
        [
            .field("first_name", .string),
            .field("last_name", .string),
        ])

    static let address = ModelSchema(
        "UserAddress",
        [
            .field("address1", .string),
            .field("address2", .string),
            .field("city", .string),
            .field("country", .string),
            .field("state", .string),
            .field("zip", .string),
        ])

    static let creditCard = ModelSchema(
        "CreditCard",
        [
            .field("source", .literal(["credit_card"])),
            .field("id", .string),
            .field("brand", .string),
            .field("last_four", .string),
        ])

    static let giftCard = ModelSchema(
        "GiftCard",
        [
            .field("source", .literal(["gift_card"])),
            .field("id", .string),
            .field("balance", .float),
        ])

    static let paypal = ModelSchema(
        "Paypal",
        [
            .field("source", .literal(["paypal"])),
            .field("id", .string),
        ])

    static let user = ModelSchema(
        "User",
        [
            .field("user_id", .string),
            .field("name", .model(userName)),
            .field("address", .model(address)),
            .field("email", .string),
            .field(
                "payment_methods", .dictionary(.union([.model(creditCard), .model(giftCard), .model(paypal)]))),
            .field("orders", .list(.string)),
        ])

    static let fulfillment = ModelSchema(
        "OrderFullfilment",
        [
            .field("tracking_id", .list(.string)),
            .field("item_ids", .list(.string)),
        ])

    static let item = ModelSchema(
        "OrderItem",
        [
            .field("name", .string),
            .field("product_id", .string),
            .field("item_id", .string),
            .field("price", .float),
            .field("options", .dictionary(.string)),
        ])

    static let payment = ModelSchema(
        "OrderPayment",
        [
            .field("transaction_type", .literal(["payment", "refund"])),
            .field("amount", .float),
            .field("payment_method_id", .string),
        ])

    static let order = ModelSchema(
        "Order",
        [
            .field("order_id", .string),
            .field("user_id", .string),
            .field("address", .model(address)),
            .field("items", .list(.model(item))),
            .field(
                "status",
                .literal([
                    "processed", "pending", "pending (item modified)", "delivered", "cancelled",
                    "exchange requested", "return requested",
                ])),
            .field("fulfillments", .list(.model(fulfillment))),
            .field("payment_history", .list(.model(payment))),
            .optional("cancel_reason", .literal(["no longer needed", "ordered by mistake"])),
            .optional("exchange_items", .list(.string)),
            .optional("exchange_new_items", .list(.string)),
            .optional("exchange_payment_method_id", .string),
            .optional("exchange_price_difference", .float),
            .optional("return_items", .list(.string)),
            .optional("return_payment_method_id", .string),
        ])

    static let database = ModelSchema(
        "RetailDB", forbidsExtras: true,
        [
            .field("products", .dictionary(.model(product))),
            .field("users", .dictionary(.model(user))),
            .field("orders", .dictionary(.model(order))),
        ])
}
