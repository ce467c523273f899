import JSON

extension RetailWorld {
    static func exchangeDeliveredOrderItems(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requireOrder(arguments["order_id"])
        guard order["status"] == "delivered" else { throw .value("Non-delivered order cannot be exchanged") }
        let (itemIDs, newItemIDs) = (arguments["item_ids"], arguments["new_item_ids"])
        if let missing = try excessItem(in: itemIDs, of: order) {
            throw .value("Number of \(missing.pythonText) not found.")
        }
        let pairs = try pairs(itemIDs, newItemIDs, orElse: "The number of items to be exchanged should match.")
        var difference = 0.0
        for (itemID, newItemID) in pairs {
            difference += try world.replacement(of: itemID, by: newItemID, in: order).difference
        }
        difference = pythonRoundedToCents(difference)
        let method = try world.requirePaymentMethod(arguments["payment_method_id"], of: order["user_id"])
        guard !method.lacks(difference) else {
            throw .value("Insufficient gift card balance to pay for the price difference")
        }
        return .model(
            try world.state.agent.update(order.key, in: "orders") { record throws(PythonException) in
                record["status"] = "exchange requested"
                // Each list is sorted on its own, so that the pairs are lost.
                record["exchange_items"] = try itemIDs.pythonSorted()
                record["exchange_new_items"] = try newItemIDs.pythonSorted()
                record["exchange_payment_method_id"] = arguments["payment_method_id"]
                // Without items the sum never became a float.
                record["exchange_price_difference"] = pairs.isEmpty ? 0 : JSONValue(difference)
                return record
            })
    }

    static func modifyPendingOrderItems(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requireOrder(arguments["order_id"])
        guard order["status"] == "pending" else { throw .value("Non-pending order cannot be modified") }
        let itemIDs = arguments["item_ids"]
        if let missing = try excessItem(in: itemIDs, of: order) {
            throw .value("\(missing.pythonText) not found")
        }
        let pairs = try pairs(
            itemIDs, arguments["new_item_ids"], orElse: "The number of items to be exchanged should match")
        var difference = 0.0
        var lastVariant = JSONValue.null
        for (itemID, newItemID) in pairs {
            guard !itemID.pythonEquals(newItemID) else {
                throw .value("The new item id should be different from the old item id")
            }
            let replacement = try world.replacement(of: itemID, by: newItemID, in: order)
            difference += replacement.difference
            lastVariant = replacement.variant
        }
        let methodID = arguments["payment_method_id"]
        let method = try world.requirePaymentMethod(methodID, of: order["user_id"])
        guard !method.lacks(difference) else {
            throw .value("Insufficient gift card balance to pay for the new item")
        }
        try world.state.agent.update(order.key, in: "orders") {
            $0["payment_history"]?.append(
                orderPayment(difference > 0 ? "payment" : "refund", JSONValue(difference.magnitude), methodID))
        }
        try world.credit(-difference, to: method)
        return .model(
            try world.state.agent.update(order.key, in: "orders") { record throws(PythonException) in
                try replaceItems(of: &record, pairs, by: lastVariant)
                return record
            })
    }

    static func returnDeliveredOrderItems(
        _ world: inout RetailWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try world.requireOrder(arguments["order_id"])
        guard order["status"] == "delivered" else { throw .value("Non-delivered order cannot be returned") }
        let methodID = arguments["payment_method_id"]
        let method = try world.requirePaymentMethod(methodID, of: order["user_id"])
        if !method.isGiftCard {
            guard let first = order["payment_history"][0] else {
                throw PythonException(.indexError, "list index out of range")
            }
            guard methodID.pythonEquals(first["payment_method_id"] ?? .null) else {
                throw .value("Payment method should be the original payment method")
            }
        }
        let itemIDs = arguments["item_ids"]
        guard try excessItem(in: itemIDs, of: order) == nil else { throw .value("Some item not found") }
        return .model(
            try world.state.agent.update(order.key, in: "orders") { record throws(PythonException) in
                record["status"] = "return requested"
                record["return_items"] = try itemIDs.pythonSorted()
                record["return_payment_method_id"] = methodID
                return record
            })
    }

    /// The first of the wanted items that is wanted more often than the order has it, or nil.
    private static func excessItem(
        in itemIDs: JSONValue, of order: FoundRecord
    ) throws(PythonException) -> JSONValue? {
        let present = JSONValue.array((order["items"].arrayValue ?? []).map { $0["item_id"] ?? .null })
        for id in try itemIDs.pythonIteration() {
            if try itemIDs.pythonCount(of: id) > present.pythonCount(of: id) { return id }
        }
        return nil
    }

    /// Old and new items side by side; unequal numbers are an error with that message.
    private static func pairs(
        _ itemIDs: JSONValue, _ newItemIDs: JSONValue, orElse message: String
    ) throws(PythonException) -> [(JSONValue, JSONValue)] {
        guard try itemIDs.pythonLength() == newItemIDs.pythonLength() else { throw .value(message) }
        return Array(zip(try itemIDs.pythonIteration(), try newItemIDs.pythonIteration()))
    }

    /// The variant that shall replace an item of the order, and how much more it costs.
    private func replacement(
        of itemID: JSONValue, by newItemID: JSONValue, in order: FoundRecord
    ) throws(PythonException) -> (variant: JSONValue, difference: Double) {
        let items = order["items"].arrayValue ?? []
        guard let item = items.first(where: { ($0["item_id"] ?? .null).pythonEquals(itemID) }) else {
            throw .value("Item \(itemID.pythonText) not found")
        }
        let variant = try requireVariant(newItemID, ofProduct: item["product_id"] ?? .null)
        guard variant["available"] == true else {
            throw .value("New item \(newItemID.pythonText) not found or available")
        }
        return (variant, (variant["price"]?.doubleValue ?? 0) - (item["price"]?.doubleValue ?? 0))
    }

    /// Replaces the items of an order one after the other, each time the first that has the old identifier.
    ///
    /// Every item gets the price and options of the last pair's variant: an official mistake that scores depend on.
    private static func replaceItems(
        of order: inout JSONValue, _ pairs: [(JSONValue, JSONValue)], by variant: JSONValue
    ) throws(PythonException) {
        for (itemID, newItemID) in pairs {
            var items = order["items"]?.arrayValue ?? []
            guard let place = items.firstIndex(where: { ($0["item_id"] ?? .null).pythonEquals(itemID) }) else {
                throw .value("Item \(itemID.pythonText) not found")
            }
            items[place]["item_id"] = newItemID
            items[place]["price"] = variant["price"] ?? .null
            items[place]["options"] = variant["options"] ?? .null
            order["items"] = .array(items)
        }
        order["status"] = "pending (item modified)"
    }
}
