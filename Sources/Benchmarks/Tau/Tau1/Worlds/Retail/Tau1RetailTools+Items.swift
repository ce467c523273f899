import JSON

extension Tau1RetailTools {
    static func exchangeDeliveredOrderItems(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try order(arguments, in: world)
        guard order["status"] == "delivered" else { throw .value("non-delivered order cannot be exchanged") }
        let exchange = try ItemExchange(arguments, of: order, in: world)
        let difference = exchange.difference.pythonRoundedToCents()
        let methodID = arguments["payment_method_id"]
        let method = try Tau1PaymentMethod(methodID, ofUser: order["user_id"], in: world)
        guard try !method.lacks(difference) else {
            throw .value("insufficient gift card balance to pay for the price difference")
        }
        return try world.change(order, in: "orders") { record throws(PythonException) in
            record["status"] = "exchange requested"
            // Each list is sorted on its own, so that the pairs are lost.
            record["exchange_items"] = try arguments["item_ids"].pythonSorted()
            record["exchange_new_items"] = try arguments["new_item_ids"].pythonSorted()
            record["exchange_payment_method_id"] = methodID
            record["exchange_price_difference"] = difference
        }
    }

    static func modifyPendingOrderItems(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try pendingOrder(arguments, in: world)
        let exchange = try ItemExchange(arguments, of: order, in: world)
        let methodID = arguments["payment_method_id"]
        let method = try Tau1PaymentMethod(methodID, ofUser: order["user_id"], in: world)
        guard try !method.lacks(exchange.difference) else {
            throw .value("insufficient gift card balance to pay for the new item")
        }
        let isPayment = try JSONValue(0).isPythonLess(than: exchange.difference)
        let (type, amount) = (isPayment ? "payment" : "refund", exchange.difference.pythonMagnitude)
        try world.change(order, in: "orders") {
            $0["payment_history"]?.append(entry(.string(type), amount, methodID))
        }
        try world.debit(exchange.difference, from: method)
        let products = world
        return try world.change(order, in: "orders") { record throws(PythonException) in
            for pair in exchange.pairs { try replace(pair, in: &record, from: products) }
            record["status"] = "pending (item modified)"
        }
    }

    static func returnDeliveredOrderItems(
        _ world: inout Tau1World, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let order = try order(arguments, in: world)
        guard order["status"] == "delivered" else { throw .value("non-delivered order cannot be returned") }
        let methodID = arguments["payment_method_id"]
        let method = try Tau1PaymentMethod(methodID, ofUser: order["user_id"], in: world)
        if !method.id.containsText("gift_card") {
            let first = try order["payment_history"].pythonItem(0)
            guard methodID.pythonEquals(first["payment_method_id"] ?? .null) else {
                throw .value("payment method should be either the original payment method or a gift card")
            }
        }
        guard try ItemExchange.excess(of: arguments["item_ids"], over: order) == nil else {
            throw .value("some item not found")
        }
        return try world.change(order, in: "orders") { record throws(PythonException) in
            record["status"] = "return requested"
            record["return_items"] = try arguments["item_ids"].pythonSorted()
            record["return_payment_method_id"] = methodID
        }
    }

    /// Makes the first item of an order that has the old identifier another variant of its product.
    ///
    /// Items are rewritten one after the other, so that a pair can meet what an earlier one has written.
    private static func replace(
        _ pair: ItemExchange.Pair, in order: inout JSONValue, from world: Tau1World
    ) throws(PythonException) {
        var items = order["items"]?.arrayValue ?? []
        guard let place = items.firstIndex(where: { ($0["item_id"] ?? .null).pythonEquals(pair.old) }) else {
            throw PythonException(.indexError, "list index out of range")
        }
        items[place]["item_id"] = pair.new
        order["items"] = .array(items)
        let product = try world.record(items[place]["product_id"] ?? .null, in: "products")
        let variant = try product["variants"].pythonItem(pair.new)
        items[place]["price"] = try variant.pythonItem("price")
        items[place]["options"] = try variant.pythonItem("options")
        order["items"] = .array(items)
    }
}

/// Items of an order and what shall take their places, after the checks that exchanging and modifying share.
struct ItemExchange {
    /// An item's identifier and that of its replacement.
    typealias Pair = (old: JSONValue, new: JSONValue)

    let pairs: [Pair]
    /// How much more the new items cost, not rounded; the integer 0 where there are none.
    let difference: JSONValue

    init(
        _ arguments: ToolArguments, of order: FoundRecord, in world: Tau1World
    ) throws(PythonException) {
        let (old, new) = (arguments["item_ids"], arguments["new_item_ids"])
        if let missing = try Self.excess(of: old, over: order) { throw .value("\(missing.pythonText) not found") }
        guard try old.pythonLength() == new.pythonLength() else {
            throw .value("the number of items to be exchanged should match")
        }
        pairs = Array(zip(try old.pythonIteration(), try new.pythonIteration()))
        var difference: JSONValue = 0
        for pair in pairs {
            let step = try Self.priceDifference(pair, of: order, in: world)
            difference = try .pythonSum(difference, step, symbol: "+=")
        }
        self.difference = difference
    }

    /// The first of the wanted items that is wanted more often than the order has it, or nil.
    static func excess(of itemIDs: JSONValue, over order: FoundRecord) throws(PythonException) -> JSONValue? {
        let present = JSONValue.array((order["items"].arrayValue ?? []).map { $0["item_id"] ?? .null })
        for id in try itemIDs.pythonIteration() {
            if try itemIDs.pythonCount(of: id) > present.pythonCount(of: id) { return id }
        }
        return nil
    }

    private static func priceDifference(
        _ pair: Pair, of order: FoundRecord, in world: Tau1World
    ) throws(PythonException) -> JSONValue {
        let items = order["items"].arrayValue ?? []
        guard let item = items.first(where: { ($0["item_id"] ?? .null).pythonEquals(pair.old) }) else {
            throw PythonException(.indexError, "list index out of range")
        }
        let variants = try world.record(item["product_id"] ?? .null, in: "products")["variants"]
        guard try variants.pythonHasKey(pair.new), case let variant = try variants.pythonItem(pair.new),
            (variant["available"] ?? .null).pythonTruth
        else { throw .value("new item \(pair.new.pythonText) not found or available") }
        return try .pythonDifference(variant.pythonItem("price"), item["price"] ?? .null)
    }
}

extension JSONValue {
    /// Python's `abs` of a number; anything else stays what it is.
    fileprivate var pythonMagnitude: JSONValue {
        switch PythonNumber(self) {
        case .integer(let value): PythonNumber.integer(value.magnitude).jsonValue
        case .float(let value): JSONValue(value.magnitude)
        case nil: self
        }
    }
}
