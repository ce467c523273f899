import JSON

extension RetailWorld {
    static func findUserByNameAndZip(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        for (id, user) in try world.state.agent.records(in: "users") {
            // Each part is only looked at when the parts before it fit, which decides what a wrong type does.
            let firstName = try (user["name"]?["first_name"] ?? .null).pythonLowercased()
            guard JSONValue.string(firstName) == .string(try arguments["first_name"].pythonLowercased()) else {
                continue
            }
            let lastName = try (user["name"]?["last_name"] ?? .null).pythonLowercased()
            guard JSONValue.string(lastName) == .string(try arguments["last_name"].pythonLowercased()) else {
                continue
            }
            if (user["address"]?["zip"] ?? .null).pythonEquals(arguments["zip"]) { return .string(id) }
        }
        throw .value("User not found")
    }

    static func findUserByEmail(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let wanted = JSONValue.string(try arguments["email"].pythonLowercased())
        for (id, user) in try world.state.agent.records(in: "users") {
            if JSONValue.string(try (user["email"] ?? .null).pythonLowercased()) == wanted { return .string(id) }
        }
        throw .value("User not found")
    }

    static func getOrderDetails(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.requireOrder(arguments["order_id"]).record)
    }

    static func getProductDetails(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.requireProduct(arguments["product_id"]).record)
    }

    static func getItemDetails(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let id = try arguments["item_id"].pythonDictionaryKey()
        for (_, product) in try world.state.agent.records(in: "products") {
            if let id, let variant = product["variants"]?[id] { return .model(variant) }
        }
        throw .value("Item not found")
    }

    static func getUserDetails(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.requireUser(arguments["user_id"]).record)
    }

    static func listAllProductTypes(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        var identifiers = JSONObject()
        for (_, product) in try world.state.agent.records(in: "products") {
            identifiers[(product["name"] ?? .null).pythonText] = product["product_id"] ?? .null
        }
        return .string(JSONValue.object(identifiers).text(.pythonSorted))
    }
}

extension RetailWorld {
    func requireOrder(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "orders", orElse: "Order not found")
    }

    func requireUser(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "users", orElse: "User not found")
    }

    func requireProduct(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        try state.agent.find(id, in: "products", orElse: "Product not found")
    }

    /// A variant of a product.
    func requireVariant(_ id: JSONValue, ofProduct product: JSONValue) throws(PythonException) -> JSONValue {
        let product = try requireProduct(product)
        guard let key = try id.pythonDictionaryKey(), let variant = product["variants"][key] else {
            throw .value("Variant not found")
        }
        return variant
    }

    /// A way for a user to pay.
    func requirePaymentMethod(_ id: JSONValue, of user: JSONValue) throws(PythonException) -> RetailPaymentMethod {
        let user = try requireUser(user)
        guard let key = try id.pythonDictionaryKey(), let method = user["payment_methods"][key] else {
            throw .value("Payment method not found")
        }
        return RetailPaymentMethod(
            userKey: user.key, key: key, isGiftCard: method["source"] == .string("gift_card"),
            balance: method["balance"]?.doubleValue ?? 0)
    }

    /// Adds to the balance of a gift card and rounds it to cents; does nothing to other ways to pay.
    mutating func credit(_ amount: Double, to method: RetailPaymentMethod) throws(PythonException) {
        guard method.isGiftCard else { return }
        let balance = pythonRoundedToCents(method.balance + amount)
        try state.agent.update(method.userKey, in: "users") {
            $0["payment_methods"]?[method.key]?["balance"] = JSONValue(balance)
        }
    }
}

/// A user's way to pay, as it was when it was looked up.
struct RetailPaymentMethod {
    var userKey: String
    var key: String
    var isGiftCard: Bool
    /// What a gift card holds.
    var balance: Double

    /// Whether a gift card holds less than `amount`.
    func lacks(_ amount: Double) -> Bool { isGiftCard && balance < amount }
}
