import JSON

/// A line of an order: so many packs of one size.
public struct OrderLine: Sendable, Hashable {
    /// The product.
    public var product: Product
    /// The size of the pack.
    public var size: String
    /// How many packs.
    public var quantity: Int

    /// Splits a number of units into packs of five and single packs.
    public static func lines(of product: Product, units: Int) -> [OrderLine] {
        let parts = [("pack_5", units / 5), ("single_pack", units % 5)]
        return parts.filter { $0.1 > 0 }.map { OrderLine(product: product, size: $0.0, quantity: $0.1) }
    }

    /// The line as a target names it.
    var json: JSONValue {
        ["product_id": .string(product.id), "size": .string(size), "quantity": JSONValue(quantity)]
    }
}

/// Which voucher saves most on an order.
public struct VoucherChoice: Sendable, Hashable {
    /// The best voucher; nil when none helps.
    public var best: Voucher?
    /// What it saves, before rounding to cents.
    public var saving: Double
    /// Whether another one saves as much, to the cent.
    public var isTied: Bool

    /// Compares vouchers on an order that is placed on a day, by a member or not.
    ///
    /// A voucher counts for the items of its brand: their prices before discounts have to reach its minimum, and it
    /// reduces what they cost after discounts.
    public init(vouchers: [Voucher], lines: [OrderLine], isVIP: Bool, on day: CalendarDay) {
        var savings: [(voucher: Voucher, saving: Double)] = []
        for voucher in vouchers {
            let saving = Self.saving(of: voucher, on: lines, isVIP: isVIP, day: day)
            if saving > 0 { savings.append((voucher, saving)) }
        }
        savings.sort { $0.saving > $1.saving }
        best = savings.first?.voucher
        saving = savings.first?.saving ?? 0
        isTied = savings.count > 1 && abs(savings[0].saving - savings[1].saving) < 0.01
    }

    private static func saving(
        of voucher: Voucher, on lines: [OrderLine], isVIP: Bool, day: CalendarDay
    ) -> Double {
        guard voucher.kind == "percent", isVIP || !voucher.isVIPOnly else { return 0 }
        if let expiry = voucher.expiryDate.flatMap({ CalendarDay($0) }), day > expiry { return 0 }
        var original = 0.0
        var discounted = 0.0
        for line in lines where voucher.brand == nil || line.product.tags.contains(voucher.brand ?? "") {
            original += (line.product.basePrice(size: line.size) ?? 0) * Double(line.quantity)
            discounted += (line.product.unitPrice(size: line.size, isVIP: isVIP) ?? 0) * Double(line.quantity)
        }
        guard original >= voucher.minimumAmount else { return 0 }
        return discounted * (1 - voucher.factor)
    }
}
