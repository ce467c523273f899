public import JSON

/// What an order costs: discounts of the products, then a voucher.
public struct OrderPricing: Sendable {
    /// A line of an order with its price.
    public struct Line: Sendable, Hashable {
        /// The product.
        public var product: Product
        /// The size.
        public var size: String
        /// How many packs.
        public var quantity: Int
        /// What one pack costs this user.
        public var unitPrice: Double
        /// The part of the price that is left after the product's discount.
        public var factor: Double
        /// What the line costs.
        public var subtotal: Double
        /// What the line would cost without any discount.
        public var originalSubtotal: Double
    }

    /// What came of the voucher.
    public struct VoucherOutcome: Sendable, Hashable {
        /// Whether it reduced the price.
        public var isApplied: Bool
        /// Why it did not: `vip_required`, `expired`, `min_amount_not_met`.
        public var failReasons: [String]
        /// What the items of its brand cost after the products' discounts.
        public var eligibleSubtotal: Double

        /// The transaction's `voucher_internal`.
        public var json: JSONValue {
            [
                "applied": .bool(isApplied), "fail_reasons": .array(failReasons.map { .string($0) }),
                "eligible_subtotal": JSONValue(eligibleSubtotal),
            ]
        }
    }

    /// The lines, without those of unknown products.
    public let lines: [Line]
    /// What the lines cost together.
    public let total: Double
    /// What is to be paid after the voucher.
    public let finalTotal: Double
    /// What came of the voucher.
    public let voucher: VoucherOutcome

    /// Prices an order.
    ///
    /// `today` decides whether the voucher has expired; nil where expiry is not looked at, as in the original.
    public init(
        items: [(productID: String, size: String, quantity: Int)], isVIP: Bool, voucher: Voucher?,
        today: CalendarDay?, catalog: ProductCatalog
    ) {
        let lines = items.compactMap { item -> Line? in
            guard item.quantity > 0, let product = catalog[item.productID],
                let base = product.basePrice(size: item.size),
                let unit = product.unitPrice(size: item.size, isVIP: isVIP)
            else { return nil }
            return Line(
                product: product, size: item.size, quantity: item.quantity, unitPrice: unit,
                factor: product.factor(isVIP: isVIP), subtotal: Money.rounded(unit * Double(item.quantity)),
                originalSubtotal: base * Double(item.quantity))
        }
        self.lines = lines
        let total = lines.reduce(0) { $0 + $1.subtotal }
        self.total = Money.rounded(total)
        guard let voucher else {
            finalTotal = self.total
            self.voucher = VoucherOutcome(isApplied: false, failReasons: [], eligibleSubtotal: 0)
            return
        }
        let eligible = lines.filter { line in voucher.brand.map(line.product.tags.contains) ?? true }
        let discounted = eligible.reduce(0) { $0 + $1.subtotal }
        var reasons: [String] = []
        if voucher.isVIPOnly, !isVIP { reasons.append("vip_required") }
        if let today, let last = voucher.expiryDate.flatMap({ CalendarDay($0) }), today > last {
            reasons.append("expired")
        }
        if eligible.reduce(0, { $0 + $1.originalSubtotal }) < voucher.minimumAmount {
            reasons.append("min_amount_not_met")
        }
        let isApplied = reasons.isEmpty && voucher.kind == "percent"
        finalTotal = isApplied ? Money.rounded(total - discounted * (1 - voucher.factor)) : self.total
        self.voucher = VoucherOutcome(
            isApplied: isApplied, failReasons: reasons, eligibleSubtotal: Money.rounded(discounted))
    }
}

extension OrderPricing.Line {
    /// The line as an order has it.
    public var json: JSONObject {
        [
            "product_id": .string(product.id), "name": .string(product.name), "size": .string(size),
            "quantity": .init(quantity), "unit_price": JSONValue(unitPrice),
            "discount_factor_applied": JSONValue(factor), "subtotal": JSONValue(subtotal),
        ]
    }

    /// The line as a cart or a new order has it: with the id of the cart's line before the rest.
    func json(cartID: String) -> JSONObject {
        let first: JSONObject = ["cart_item_id": .string(cartID)]
        return first.merging(json)
    }
}
