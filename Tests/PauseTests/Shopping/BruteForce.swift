import JSON

@testable import Pause

/// The shop's answers worked out a second time, in the plainest way.
enum BruteForce {
    /// What a member or non-member pays for a pack.
    static func price(_ product: Product, _ size: String, isVIP: Bool) -> Double {
        let base = product.options.first { $0.size == size }?.price ?? 0
        let counts = product.isDiscountVIPOnly ? isVIP : true
        return roundedLikePython(base * (counts ? product.discountFactor : 1), 2)
    }

    /// The products with all tags, of the kind, arriving today where that is asked for.
    static func fitting(_ plan: JSONObject, _ query: JSONObject, in catalog: ProductCatalog) -> [Product] {
        let tags = (query["include_tags_all"]?.arrayValue ?? []).compactMap(\.stringValue)
        let kinds = (query["include_base_tags_all"]?.arrayValue ?? []).compactMap(\.stringValue)
        var fitting: [Product] = []
        for product in catalog.products {
            if plan["delivery_in_today"] == true, product.delivery != .today { continue }
            if tags.contains(where: { !product.tags.contains($0) }) { continue }
            if kinds.contains(where: { !product.baseTags.contains($0) }) { continue }
            fitting.append(product)
        }
        return fitting
    }

    /// What an order costs with a voucher, before rounding; nil when the voucher cannot be used.
    static func total(
        _ items: [JSONValue], voucher: Voucher?, isVIP: Bool, today: CalendarDay, catalog: ProductCatalog
    ) -> Double? {
        var (sum, original, discounted) = (0.0, 0.0, 0.0)
        for item in items {
            guard let product = catalog[item["product_id"]?.stringValue ?? ""] else { return nil }
            let size = item["size"]?.stringValue ?? ""
            let count = item["quantity"]?.doubleValue ?? 0
            let paid = price(product, size, isVIP: isVIP) * count
            sum += paid
            guard let voucher, voucher.brand == nil || product.tags.contains(voucher.brand ?? "") else { continue }
            original += (product.options.first { $0.size == size }?.price ?? 0) * count
            discounted += paid
        }
        guard let voucher else { return sum }
        if voucher.isVIPOnly && !isVIP { return nil }
        if let last = voucher.expiryDate.flatMap({ CalendarDay($0) }), last < today { return nil }
        return original >= voucher.minimumAmount ? sum - discounted * (1 - voucher.factor) : nil
    }
}
