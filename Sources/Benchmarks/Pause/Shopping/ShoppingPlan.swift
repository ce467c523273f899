public import JSON

/// What a user of a shopping task secretly wants, and what that leads to.
public struct ShoppingPlan: Sendable, Hashable {
    /// Where the assistant learns what is wanted.
    public enum Retrieval: String, Sendable, Hashable, CaseIterable {
        /// The user says it.
        case none
        /// It stands in a note.
        case note
        /// It stands in a care plan, which only members can read.
        case carePlan = "care_plan"
    }

    /// One thing to buy.
    public struct Wish: Sendable, Hashable {
        /// Where the assistant learns of it.
        public var retrieval: Retrieval
        /// The day of the note or care plan; nil without one.
        public var createdOn: CalendarDay?
        /// What is wanted.
        public var query: ShoppingQuery
        /// Whether it is the only product that fits, or the best of several.
        public var status: ShoppingResolver.Status
        /// The product.
        public var product: Product
        /// How many.
        public var units: Int
    }

    /// What to buy.
    public var wishes: [Wish]
    /// Whether everything has to arrive today.
    public var isDeliveryToday: Bool
    /// Whether the user agrees to become a member: only where a care plan has to be read.
    public var acceptsVIP: Bool
    /// Whether the user is a member when the order is placed.
    public var isVIPAtCheckout: Bool
    /// The voucher that saves most; nil for none.
    public var voucherID: String?

    /// The lines of the order.
    public var lines: [OrderLine] { wishes.flatMap { OrderLine.lines(of: $0.product, units: $0.units) } }

    /// The hidden plan, as the member `input_query_template` of a task.
    public var json: JSONObject {
        [
            "accept_vip": .bool(acceptsVIP), "delivery_in_today": .bool(isDeliveryToday),
            "opening_request": .string(ShoppingWording.opening(self)),
            "queries": .array(
                wishes.enumerated().map { index, wish in
                    var retrieval: JSONObject = ["type": .string(wish.retrieval.rawValue)]
                    if let day = wish.createdOn { retrieval["created_at"] = .string(day.description) }
                    let item: JSONValue = [
                        "name": .string(wish.product.name), "num": JSONValue(wish.units),
                        "product_id": .string(wish.product.id),
                    ]
                    return [
                        "index": JSONValue(index), "retrieval": .object(retrieval), "query": .object(wish.query.json),
                        "result": ["status": .string(wish.status.rawValue), "items": [item]],
                    ]
                }),
        ]
    }

    /// The one target: the order that has to be there.
    public var target: JSONValue {
        [
            "transaction": [
                "type": "order", "status": "completed", "items": .array(lines.map(\.json)),
                "voucher_ids": .array(voucherID.map { [.string($0)] } ?? []), "wallet_balance_max": 5.0,
                "vip": .bool(isVIPAtCheckout),
            ]
        ]
    }
}
