import JSON

extension RetailWorld {
    static func cancelPendingOrder(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requireOrder(arguments["order_id"])
        guard order["status"] == "pending" else { throw .value("Non-pending order cannot be cancelled") }
        let reason = try arguments["reason"].pythonDictionaryKey()
        guard reason == "no longer needed" || reason == "ordered by mistake" else { throw .value("Invalid reason") }
        var refunds: [JSONValue] = []
        // Refunds in the history are refunded once more, as officially.
        for payment in order["payment_history"].arrayValue ?? [] {
            let (amount, methodID) = (payment["amount"] ?? .null, payment["payment_method_id"] ?? .null)
            refunds.append(orderPayment("refund", amount, methodID))
            let method = try world.requirePaymentMethod(methodID, of: order["user_id"])
            try world.credit(amount.doubleValue ?? 0, to: method)
        }
        return .model(
            try world.state.agent.update(order.key, in: "orders") { record in
                record["status"] = "cancelled"
                record["cancel_reason"] = arguments["reason"]
                for refund in refunds { record["payment_history"]?.append(refund) }
                return record
            })
    }

    static func modifyPendingOrderAddress(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requirePendingOrder(arguments["order_id"])
        let address = try makeAddress(arguments)
        return .model(
            try world.state.agent.update(order.key, in: "orders") { record in
                record["address"] = address
                return record
            })
    }

    static func modifyUserAddress(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.requireUser(arguments["user_id"])
        let address = try makeAddress(arguments)
        return .model(
            try world.state.agent.update(user.key, in: "users") { record in
                record["address"] = address
                return record
            })
    }

    static func modifyPendingOrderPayment(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requirePendingOrder(arguments["order_id"])
        let methodID = arguments["payment_method_id"]
        let method = try world.requirePaymentMethod(methodID, of: order["user_id"])
        let history = order["payment_history"].arrayValue ?? []
        guard history.count == 1, history[0]["transaction_type"] == "payment" else {
            throw .value("There should be exactly one payment for a pending order")
        }
        let oldMethodID = history[0]["payment_method_id"] ?? .null
        guard !oldMethodID.pythonEquals(methodID) else {
            throw .value("The new payment method should be different from the current one")
        }
        let amount = history[0]["amount"] ?? .null
        let sum = amount.doubleValue ?? 0
        guard !method.lacks(sum) else { throw .value("Insufficient gift card balance to pay for the order") }
        try world.state.agent.update(order.key, in: "orders") { record in
            record["payment_history"]?.append(orderPayment("payment", amount, methodID))
            record["payment_history"]?.append(orderPayment("refund", amount, oldMethodID))
        }
        try world.credit(-sum, to: method)
        try world.credit(sum, to: try world.requirePaymentMethod(oldMethodID, of: order["user_id"]))
        return .model(try world.requireOrder(arguments["order_id"]).record)
    }

    /// An order whose status speaks of pending, whether or not its items were modified.
    private func requirePendingOrder(_ id: JSONValue) throws(PythonException) -> FoundRecord {
        let order = try requireOrder(id)
        guard order["status"].stringValue?.contains("pending") == true else {
            throw .value("Non-pending order cannot be modified")
        }
        return order
    }

    private static func makeAddress(_ arguments: ToolArguments) throws(PythonException) -> JSONValue {
        var fields = JSONObject()
        for name in ["address1", "address2", "city", "state", "country", "zip"] { fields[name] = arguments[name] }
        return try RetailModels.address.make(fields)
    }

    /// An entry of an order's payment history.
    static func orderPayment(_ type: JSONValue, _ amount: JSONValue, _ methodID: JSONValue) -> JSONValue {
        ["transaction_type": type, "amount": amount, "payment_method_id": methodID]
    }
}
