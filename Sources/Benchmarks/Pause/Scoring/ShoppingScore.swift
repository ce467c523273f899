public import JSON

/// The points of a shopping trajectory, from its final shopping state alone.
///
/// One point for each expected product, one each for quantities and sizes, voucher, and balance.
public struct ShoppingScore: Sendable, Hashable {
    /// How strictly transactions count.
    public enum Mode: String, Sendable, Hashable {
        /// A product counts when it is in any transaction, pending and failed ones included.
        case source
        /// Only completed orders count.
        case strict
    }

    /// What is reported beside the score.
    public struct StrictExtras: Sendable, Hashable {
        /// Whether there is exactly one completed order.
        public var isSingleOrder: Bool
        /// Whether the cart is empty.
        public var isCartEmpty: Bool
        /// Products in completed orders that nobody expected.
        public var unexpectedProducts: [String]
        /// Whether completed orders stay within the spending limit; nil without one.
        public var isSpendingLimitKept: Bool?

        /// Whether all of them hold.
        public var allHold: Bool {
            isSingleOrder && isCartEmpty && unexpectedProducts.isEmpty && isSpendingLimitKept != false
        }
    }

    /// The points reached.
    public internal(set) var score = 0.0
    /// The points that can be reached; 0 when there is no state to look at.
    public internal(set) var maximum = 0.0
    /// What is wrong, as short codes with details after a colon.
    public internal(set) var issues: [String] = []
    /// Expected products that were found, by id.
    public internal(set) var matchedProducts: [String] = []
    /// The products expected, by id.
    public internal(set) var expectedProducts: [String] = []
    /// Whether quantities and sizes are right.
    public internal(set) var hasQuantitiesAndSizes = false
    /// Whether the right voucher was used.
    public internal(set) var hasVoucher = false
    /// Whether the balance is low enough; false when it was not looked at.
    public internal(set) var hasBalance = false
    /// The members of `details`.
    public internal(set) var details: JSONObject = [:]
    /// Reported, not scored; nil when there is no state to look at.
    public internal(set) var extras: StrictExtras?
    /// The order that was expected.
    public let expected: JSONObject
    /// The state that was found; nil when there is none.
    public let observed: JSONObject?

    /// Whether everything was reached.
    public var isComplete: Bool { maximum > 0 && score == maximum }

    /// The share of the points; 0 when none can be reached.
    public var ratio: Double { maximum > 0 ? score / maximum : 0 }

    /// The share of the expected products that were found.
    public var productRate: Double {
        expectedProducts.isEmpty ? 0 : Double(matchedProducts.count) / Double(expectedProducts.count)
    }

    /// Scores a final state (`{wallet, cart, transactions}`) against the order that was expected.
    ///
    /// `spendingLimit` is the user's own limit, for the extras; a nil `state` gives no point of none.
    public init(
        state: JSONObject?, expected: JSONObject, mode: Mode = .strict, spendingLimit: Double? = nil
    ) {
        self.expected = expected
        guard let state, !state.isEmpty else {
            observed = nil
            issues = ["missing_shopping_state"]
            return
        }
        observed = state
        let orders = ShoppingOrders(state: state)
        scoreProducts(orders, mode: mode)
        scoreQuantities(orders)
        scoreVoucher(orders)
        scoreBalance(state["wallet"]?["balance"])
        let bought = Set(orders.completed.flatMap(\.productIDs))
        extras = StrictExtras(
            isSingleOrder: orders.completed.count == 1,
            isCartEmpty: state["cart"]?.arrayValue?.isEmpty ?? true,
            unexpectedProducts: bought.subtracting(expectedProducts).sorted(),
            isSpendingLimitKept: spendingLimit.map { orders.totalSpent <= $0 + 0.005 })
    }
}
