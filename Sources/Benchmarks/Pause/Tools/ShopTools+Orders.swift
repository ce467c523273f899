import JSON

extension ShopTools {
    static func prepareOrder(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try world.requirePurchase(for: call)
        let voucherID = try call.optionalText("voucher_id")
        var shopping = world.store.profile.shopping
        let voucher = shopping.wallet.vouchers.first { $0.id == voucherID }
        let priced = world.price(
            shopping.cart.map { ($0.productID, $0.size, $0.quantity) }, voucher: voucher)
        guard !priced.lines.isEmpty else {
            throw .refused(code: "CART_EMPTY", message: "The cart is empty; put something into it first.")
        }
        // The lines keep their cart ids, as in the original.
        let ids = shopping.cart.filter { world.catalog[$0.productID] != nil && $0.quantity > 0 }.map(\.id)
        let items: [JSONValue] = zip(ids, priced.lines).map { .object($1.json(cartID: $0)) }
        let transaction: JSONObject = [
            "transaction_id": .string(world.identifier(.transaction, call)), "type": "order", "status": "pending",
            "items": .array(items), "final_total": JSONValue(priced.finalTotal),
            "voucher_id": voucherID.map { .string($0) } ?? .null, "voucher_internal": priced.voucher.json,
        ]
        shopping.transactions.append(transaction)
        shopping.cart = []
        world.store.profile.shopping = shopping
        return ["pending_transaction": .object(shown(transaction))]
    }

    static func requestUpgrade(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        try world.requirePurchase(for: call)
        let text = try call.text("vip_duration")
        guard let duration = VIPDuration(rawValue: text) else {
            let known = VIPDuration.allCases.map(\.rawValue).joined(separator: ", ")
            throw .refused(code: "INVALID_VIP_DURATION", message: "vip_duration must be one of \(known).")
        }
        let transaction: JSONObject = [
            "transaction_id": .string(world.identifier(.transaction, call)), "type": "vip_membership",
            "status": "pending", "vip_duration": .string(text), "amount": JSONValue(duration.price),
        ]
        world.store.profile.shopping.transactions.append(transaction)
        return ["pending_transaction": .object(transaction)]
    }
}

extension PauseWorld {
    /// Prices lines for the user as they are now.
    func price(
        _ items: [(productID: String, size: String, quantity: Int)], voucher: Voucher?
    ) -> OrderPricing {
        OrderPricing(
            items: items, isVIP: isVIP, voucher: voucher, today: showsQuirks ? nil : store.profile.now.day,
            catalog: catalog)
    }

    /// Lets through purchases that the user has allowed, where that is asked for.
    fileprivate mutating func requirePurchase(for call: PauseCall) throws(ToolStop) {
        guard !showsQuirks, store.profile.authorization.enforcesPurchasePermission else { return }
        try require(.purchase, for: call, "The user has not given the permission to purchase (allow_purchase).")
    }

    /// Prices all pending orders again, after something that prices depend on has changed.
    mutating func repricePendingOrders() {
        var shopping = store.profile.shopping
        for (index, transaction) in shopping.transactions.enumerated()
        where transaction["type"] == "order" && transaction["status"] == "pending" {
            let items = (transaction["items"]?.arrayValue ?? []).map { item in
                (
                    productID: item["product_id"]?.stringValue ?? "", size: item["size"]?.stringValue ?? "",
                    quantity: item["quantity"]?.intValue ?? 0
                )
            }
            let voucherID = transaction["voucher_id"]?.stringValue
            let priced = price(items, voucher: shopping.wallet.vouchers.first { $0.id == voucherID })
            shopping.transactions[index]["items"] = .array(priced.lines.map { .object($0.json) })
            shopping.transactions[index]["final_total"] = JSONValue(priced.finalTotal)
            shopping.transactions[index]["voucher_internal"] = priced.voucher.json
        }
        store.profile.shopping = shopping
    }
}
