import JSON

/// The shop as the assistant sees it.
enum ShopTools {
    static let handlers: [String: ToolHandler] = [
        "browse_items": browse, "inspect_item": inspect, "add_to_cart": add, "remove_from_cart": remove,
        "get_cart": cart, "get_wallet": wallet, "prepare_order": prepareOrder,
        "upgrade_membership_request": requestUpgrade, "get_transactions": transactions,
    ]

    private static let pageSize = 15

    private static func browse(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let page = try call.integer("page")
        let products = world.catalog.products
        let last = (products.count + pageSize - 1) / pageSize
        let rows = (1...max(last, 1)).contains(page) ? products.dropFirst((page - 1) * pageSize).prefix(pageSize) : []
        return [
            "page": .init(page), "max_page": .init(last),
            "content": .array(
                rows.map { product in
                    var row = product.logJSON
                    row["base_tags"] = nil
                    return .object(row)
                }),
        ]
    }

    private static func inspect(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        // An unknown product has no details, which is no error.
        guard let product = world.catalog[try call.text("product_id")] else { return [:] }
        var details = product.detailsJSON(index: 0)
        details["base_tags"] = nil
        details["index"] = nil
        return .object(details)
    }

    private static func add(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("product_id")
        let size = try call.text("size")
        let quantity = try call.integer("quantity")
        guard let product = world.catalog[id] else {
            throw .refused(code: "INVALID_PRODUCT_ID", message: "There is no product '\(id)'.")
        }
        let sizes = product.options.map(\.size)
        guard sizes.isEmpty || sizes.contains(size) else {
            throw .refused(
                code: "INVALID_SIZE",
                message: "'\(size)' is no size of \(id); there are \(sizes.sorted().joined(separator: ", ")).")
        }
        guard quantity >= 1 else { throw .refused(code: "INVALID_QUANTITY", message: "quantity must be 1 or more.") }
        var shopping = world.store.profile.shopping
        let line = CartLine(id: world.identifier(.cart, call), productID: id, size: size, quantity: quantity)
        shopping.cart.append(line)
        world.store.profile.shopping = shopping
        return ["success": true, "cart_item_id": .string(line.id), "cart_size": .init(shopping.cart.count)]
    }

    private static func remove(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("cart_item_id")
        var shopping = world.store.profile.shopping
        let before = shopping.cart.count
        shopping.cart.removeAll { $0.id == id }
        guard shopping.cart.count < before else {
            throw .refused(code: "CART_ITEM_NOT_FOUND", message: "The cart has no line '\(id)'.")
        }
        world.store.profile.shopping = shopping
        return ["success": true]
    }

    private static func cart(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let cart = world.store.profile.shopping.cart
        var lines: [JSONValue] = []
        for entry in cart {
            for line in world.price([(entry.productID, entry.size, entry.quantity)], voucher: nil).lines {
                lines.append(.object(line.json(cartID: entry.id)))
            }
        }
        let all = world.price(cart.map { ($0.productID, $0.size, $0.quantity) }, voucher: nil)
        return [
            "items": .array(lines), "total_items": .init(all.lines.reduce(0) { $0 + $1.quantity }),
            "total_price": JSONValue(all.total),
        ]
    }

    private static func wallet(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        world.store.profile.json["shopping"]?["wallet"] ?? [:]
    }

    private static func transactions(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        ["transactions": .array(world.store.profile.shopping.transactions.map { .object(shown($0)) })]
    }

    /// A transaction without what only the platform knows of it.
    static func shown(_ transaction: JSONObject) -> JSONObject {
        var shown = transaction
        shown["voucher_internal"] = nil
        return shown
    }
}
