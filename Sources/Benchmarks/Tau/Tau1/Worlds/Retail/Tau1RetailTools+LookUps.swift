import JSON

extension Tau1RetailTools {
    static func findUserByEmail(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let wanted = try arguments["email"].pythonLowercased()
        for (id, user) in try world.database.records(in: "users") {
            if try (user["email"] ?? .null).pythonLowercased().isSameText(as: wanted) { return .string(id) }
        }
        throw .value("user not found")
    }

    static func findUserByNameAndZip(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let firstName = try arguments["first_name"].pythonLowercased()
        for (id, user) in try world.database.records(in: "users") {
            let name = user["name"] ?? .null
            // The last name is only looked at where the first fits, which decides what a wrong type does.
            guard try (name["first_name"] ?? .null).pythonLowercased().isSameText(as: firstName),
                try (name["last_name"] ?? .null).pythonLowercased()
                    .isSameText(as: arguments["last_name"].pythonLowercased()),
                (user["address"]?["zip"] ?? .null).pythonEquals(arguments["zip"])
            else { continue }
            return .string(id)
        }
        throw .value("user not found")
    }

    static func getOrderDetails(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try order(arguments, in: world).record)
    }

    static func getProductDetails(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        .model(try world.find(arguments["product_id"], in: "products", orElse: "product not found").record)
    }

    static func listAllProductTypes(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        var identifiers: [JSONObject.Element] = []
        for (_, product) in try world.database.records(in: "products") {
            identifiers.append(((product["name"] ?? .null).pythonText, product["product_id"] ?? .null))
        }
        identifiers.sort { precedes($0.key, $1.key) }
        return .model(.object(JSONObject(entries: identifiers)))
    }

    /// The order that a call names.
    static func order(_ arguments: ToolArguments, in world: Tau1World) throws(PythonException) -> FoundRecord {
        try world.find(arguments["order_id"], in: "orders", orElse: "order not found")
    }
}

extension String {
    /// Whether both have the same code points, which Python's `==` compares.
    fileprivate func isSameText(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
