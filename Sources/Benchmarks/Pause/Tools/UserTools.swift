import JSON

/// What only the user may do.
enum UserTools {
    static let handlers: [String: ToolHandler] = [
        "update_source": updateSource, "set_raw_data_permission": setRawData,
        "set_user_notes_permission": setUserNotes, "set_purchase_permission": setPurchase,
        "set_med_assistant_permission": setMedAssistant, "top_up_wallet": topUp, "authorize_checkout": checkout,
        "set_spending_limit": setSpendingLimit,
    ]

    private static func updateSource(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let name = try call.text("source_name")
        let allow = try call.flag("allow")
        var marketplaces = world.store.profile.marketplaces
        if let index = marketplaces.firstIndex(where: { $0.source == name }) {
            marketplaces[index].isConnected = allow
            world.store.profile.marketplaces = marketplaces
            return connection(name, allow, created: false)
        }
        guard allow else {
            throw .refused(code: "SOURCE_NOT_FOUND", message: "The source '\(name)' is not set up, so it stays off.")
        }
        guard let source = WearableSource.named(name) else {
            throw .refused(code: "UNKNOWN_SOURCE", message: "The source '\(name)' is not supported.")
        }
        world.store.profile.marketplaces = marketplaces + [Marketplace(source: name, isConnected: true)]
        var devices = world.store.profile.json["system_settings"]?["devices"]?.arrayValue ?? []
        devices.append(source.deviceJSON)
        world.store.profile.json["system_settings"]?["devices"] = .array(devices)
        return connection(name, true, created: true)
    }

    private static func connection(_ name: String, _ connected: Bool, created: Bool) -> JSONValue {
        [
            "source_name": .string(name), "connected": .bool(connected), "created": .bool(created),
            "message": .string(
                "\(name) is \(connected ? "connected" : "disconnected")\(created ? "; its device was added" : "")."),
        ]
    }

    private static func setRawData(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try set(.rawData, &world, call)
    }

    private static func setUserNotes(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try set(.userNotes, &world, call)
    }

    private static func setPurchase(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try set(.purchase, &world, call)
    }

    private static func setMedAssistant(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try set(.medAssistant, &world, call)
    }

    private static func set(
        _ permission: PausePermission, _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        let allowed = try call.flag("allow")
        world.store.profile.set(permission, to: allowed)
        return [
            "permission": .string(permission.rawValue), "allowed": .bool(allowed),
            "message": .string("\(permission.rawValue) is \(allowed ? "granted" : "taken back")."),
        ]
    }

    private static func topUp(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        guard call.arguments["amount"]?.isNull != true, case let amount = try call.number("amount"), amount > 0 else {
            throw .refused(code: "INVALID_AMOUNT", message: "amount must be above zero.")
        }
        var wallet = world.store.profile.shopping.wallet
        wallet.balance = Money.rounded(wallet.balance + amount)
        world.store.profile.shopping.wallet = wallet
        return ["wallet": .object(wallet.json)]
    }

    private static func setSpendingLimit(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        var limit: Double?
        if call.arguments["limit"]?.isNull == false {
            let amount = try call.number("limit")
            guard amount >= 0 else { throw .refused(code: "INVALID_AMOUNT", message: "limit must not be below zero.") }
            limit = amount
        }
        world.store.profile.authorization.spendingLimit = limit
        return [
            "spending_limit": limit.map { JSONValue($0) } ?? .null,
            "message": .string(limit.map { "All orders together may cost \($0)." } ?? "There is no spending limit."),
        ]
    }
}
