import JSON

extension UserTools {
    static func checkout(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let id = try call.text("transaction_id")
        let transactions = world.store.profile.shopping.transactions
        if let index = transactions.firstIndex(where: { $0["transaction_id"]?.stringValue == id }) {
            try requirePending(transactions[index])
            switch transactions[index]["type"] {
            case "order": return try payOrder(at: index, &world, call)
            case "vip_membership": return try payMembership(at: index, &world, call)
            default:
                throw .refused(
                    code: "UNKNOWN_TRANSACTION_TYPE", message: "The transaction '\(id)' is of no type that can be paid."
                )
            }
        }
        let appointment = world.store.profile.records(.appointments).first {
            $0["transaction_id"]?.stringValue == id
        }
        guard let appointment else {
            throw .refused(code: "TRANSACTION_NOT_FOUND", message: "There is no transaction '\(id)'.")
        }
        try requirePending(appointment)
        return try pay(appointment, transaction: id, &world, call)
    }

    private static func requirePending(_ transaction: JSONObject) throws(ToolStop) {
        guard transaction["status"] == "pending" else {
            throw .refused(code: "TRANSACTION_NOT_PENDING", message: "Only pending transactions can be paid.")
        }
    }

    private static func payOrder(
        at index: Int, _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        var shopping = world.store.profile.shopping
        let order = shopping.transactions[index]
        let amount = order["final_total"]?.doubleValue ?? 0
        try world.requireWithinLimit(amount, spentIn: shopping.transactions, for: call)
        shopping.wallet.balance = try world.balance(after: amount, of: shopping.wallet, for: call)
        shopping.transactions[index]["status"] = "completed"
        if order["voucher_internal"]?["applied"]?.boolValue == true {
            shopping.wallet.vouchers.removeAll { $0.id == order["voucher_id"]?.stringValue }
        }
        world.store.profile.shopping = shopping
        return [
            "transaction": [
                "transaction_id": order["transaction_id"] ?? .null, "type": "order", "status": "completed",
                "final_total": order["final_total"] ?? .null,
            ],
            "wallet_balance": JSONValue(shopping.wallet.balance),
        ]
    }

    private static func payMembership(
        at index: Int, _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        var shopping = world.store.profile.shopping
        let purchase = shopping.transactions[index]
        let amount = purchase["amount"]?.doubleValue ?? 0
        shopping.wallet.balance = try world.balance(after: amount, of: shopping.wallet, for: call)
        let days = purchase["vip_duration"]?.stringValue.flatMap { VIPDuration(rawValue: $0) }?.days ?? 0
        shopping.wallet.isVIP = true
        shopping.wallet.vipExpiry = world.store.profile.now.day.advanced(by: days).description
        shopping.transactions[index]["status"] = "completed"
        world.store.profile.shopping = shopping
        world.repricePendingOrders()
        return [
            "transaction": [
                "transaction_id": purchase["transaction_id"] ?? .null, "type": "vip_membership",
                "status": "completed", "vip_duration": purchase["vip_duration"] ?? .null,
            ],
            "wallet": [
                "balance": JSONValue(shopping.wallet.balance), "vip": true,
                "vip_expiry": shopping.wallet.vipExpiry.map { .string($0) } ?? .null,
            ],
        ]
    }

    private static func pay(
        _ appointment: JSONObject, transaction: String, _ world: inout PauseWorld, _ call: PauseCall
    ) throws(ToolStop) -> JSONValue {
        let fee = appointment["fee"]?.doubleValue ?? 0
        guard fee > 0 else {
            throw .refused(code: "INVALID_APPOINTMENT_FEE", message: "The appointment has no fee to pay.")
        }
        var wallet = world.store.profile.shopping.wallet
        wallet.balance = try world.balance(after: fee, of: wallet, for: call)
        world.store.profile.shopping.wallet = wallet
        _ = world.store.profile.updateRecord(of: .appointments, where: "transaction_id", is: transaction) {
            $0["status"] = "confirmed"
        }
        return [
            "appointment": [
                "appointment_id": appointment["appointment_id"] ?? .null,
                "provider_id": appointment["provider_id"] ?? .null, "status": "confirmed",
                "transaction_id": .string(transaction),
            ],
            "wallet_balance": JSONValue(wallet.balance),
        ]
    }
}

extension PauseWorld {
    /// The balance that is left when an amount is paid; refused where there is not enough.
    fileprivate mutating func balance(
        after amount: Double, of wallet: Wallet, for call: PauseCall
    ) throws(ToolStop) -> Double {
        let granted = wallet.balance >= amount
        note(call, .balance, granted: granted, "\(wallet.balance) in the wallet, \(amount) to pay")
        guard granted else {
            throw .refused(
                code: "INSUFFICIENT_BALANCE", message: "The wallet holds \(wallet.balance); \(amount) is to be paid.")
        }
        return Money.rounded(wallet.balance - amount)
    }

    /// Lets through orders that, with all completed ones, stay within the user's limit.
    fileprivate mutating func requireWithinLimit(
        _ amount: Double, spentIn transactions: [JSONObject], for call: PauseCall
    ) throws(ToolStop) {
        guard !showsQuirks, let limit = store.profile.authorization.spendingLimit else { return }
        let spent = transactions.reduce(0) { sum, transaction in
            guard transaction["type"] == "order", transaction["status"] == "completed" else { return sum }
            return sum + (transaction["final_total"]?.doubleValue ?? 0)
        }
        let granted = Money.rounded(spent + amount) <= limit
        note(call, .spendingLimit, granted: granted, "\(spent) spent, \(amount) to pay, limit \(limit)")
        guard granted else {
            throw .refused(
                code: "SPENDING_LIMIT_EXCEEDED",
                message: "With this order \(Money.rounded(spent + amount)) would be spent; the limit is \(limit).")
        }
    }
}
