import JSON

extension Tau1RetailTools {
    static func cancelPendingOrder(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try order(arguments, in: world)
        guard order["status"] == "pending" else { throw .value("non-pending order cannot be cancelled") }
        let reason = arguments["reason"]
        guard reason == "no longer needed" || reason == "ordered by mistake" else { throw .value("invalid reason") }
        var refunds: [JSONValue] = []
        // Refunds in the history are refunded once more, as officially.
        for payment in order["payment_history"].arrayValue ?? [] {
            let (amount, methodID) = (payment["amount"] ?? .null, payment["payment_method_id"] ?? .null)
            refunds.append(entry("refund", amount, methodID))
            try refund(amount, to: methodID, of: order, in: &world)
        }
        return try world.change(order, in: "orders") { record in
            record["status"] = "cancelled"
            record["cancel_reason"] = reason
            for refund in refunds { record["payment_history"]?.append(refund) }
        }
    }

    static func modifyPendingOrderAddress(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try pendingOrder(arguments, in: world)
        return try world.change(order, in: "orders") { $0["address"] = address(arguments) }
    }

    static func modifyUserAddress(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let user = try world.find(arguments["user_id"], in: "users", orElse: "user not found")
        return try world.change(user, in: "users") { $0["address"] = address(arguments) }
    }

    static func modifyPendingOrderPayment(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try pendingOrder(arguments, in: world)
        let methodID = arguments["payment_method_id"]
        let method = try Tau1PaymentMethod(methodID, ofUser: order["user_id"], in: world)
        let history = order["payment_history"].arrayValue ?? []
        let first = try order["payment_history"].pythonItem(0)
        guard history.count == 1, first["transaction_type"] == "payment" else {
            throw .value("there should be exactly one payment for a pending order")
        }
        let (amount, oldMethodID) = (first["amount"] ?? .null, first["payment_method_id"] ?? .null)
        guard !oldMethodID.pythonEquals(methodID) else {
            throw .value("the new payment method should be different from the current one")
        }
        guard try !method.lacks(amount) else {
            throw .value("insufficient gift card balance to pay for the order")
        }
        let result = try world.change(order, in: "orders") { record in
            record["payment_history"]?.append(entry("payment", amount, methodID))
            record["payment_history"]?.append(entry("refund", amount, oldMethodID))
        }
        try world.debit(amount, from: method)
        try refund(amount, to: oldMethodID, of: order, in: &world)
        return result
    }

    /// An order whose status is exactly `pending`: once its items were modified, nothing else can be.
    static func pendingOrder(_ arguments: ToolArguments, in world: Tau1World) throws(PythonException) -> FoundRecord {
        let order = try order(arguments, in: world)
        guard order["status"] == "pending" else { throw .value("non-pending order cannot be modified") }
        return order
    }

    /// An entry of an order's payment history.
    static func entry(_ type: JSONValue, _ amount: JSONValue, _ methodID: JSONValue) -> JSONValue {
        ["transaction_type": type, "amount": amount, "payment_method_id": methodID]
    }

    /// Gives an amount back to what is a gift card by its name; refunds to anything else take days.
    private static func refund(
        _ amount: JSONValue, to methodID: JSONValue, of order: FoundRecord, in world: inout Tau1World
    ) throws(PythonException) {
        guard case .string(let id) = methodID, id.containsText("gift_card") else { return }
        let user = try world.record(order["user_id"], in: "users")
        try world.add(amount, to: id, ofUser: user)
    }

    private static func address(_ arguments: ToolArguments) -> JSONValue {
        let fields = ["address1", "address2", "city", "state", "country", "zip"]
        return .object(JSONObject(entries: fields.map { ($0, arguments[$0]) }))
    }
}
