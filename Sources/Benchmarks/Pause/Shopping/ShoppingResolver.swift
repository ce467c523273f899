/// Finds what a shopping query asks for among the shop's products.
public struct ShoppingResolver: Sendable {
    /// Whether there is something, and whether it is the best.
    public enum Status: String, Sendable, Hashable {
        /// Nothing fits.
        case noSolution = "no_solution"
        /// These fit, and the query has no wish beyond that; cheapest first.
        case feasibleOnly = "feasible_only"
        /// These fit, the best first.
        case optimal
    }

    /// A product that fits.
    public struct Item: Sendable, Hashable {
        /// The product.
        public var product: Product
        /// The size for which it fits best.
        public var size: String
        /// What the user pays for a pack of that size.
        public var effectivePrice: Double
        /// The value of the objective; the price without one.
        public var score: Double
    }

    /// The answer to a query.
    public struct Resolution: Sendable, Hashable {
        /// Whether there is something.
        public var status: Status
        /// The products, each once, at most the query's `top_k`.
        public var items: [Item]
    }

    /// The answer to several queries at once.
    public struct Bundle: Sendable, Hashable {
        /// The first choice of each query, in order.
        public var items: [Item]
        /// What they cost together, one pack each.
        public var totalPrice: Double
    }

    private let catalog: ProductCatalog

    /// Looks among these products.
    public init(catalog: ProductCatalog = .standard) { self.catalog = catalog }

    /// Answers a query: every size is looked at on its own, then each product is named once, by its best size.
    public func solve(_ query: ShoppingQuery) -> Resolution {
        var feasible = catalog.products.flatMap { Self.items(of: $0, for: query) }
        guard !feasible.isEmpty else { return Resolution(status: .noSolution, items: []) }
        let isAscending = query.objective == nil || query.direction == .min
        // Equal scores keep the order of the shop, as a stable sort does.
        let order = feasible.enumerated().sorted { left, right in
            if left.element.score == right.element.score { return left.offset < right.offset }
            return (left.element.score < right.element.score) == isAscending
        }
        feasible = order.map(\.element)
        var seen: Set<String> = []
        let unique = feasible.filter { seen.insert($0.product.id).inserted }
        return Resolution(
            status: query.objective == nil ? .feasibleOnly : .optimal, items: Array(unique.prefix(max(0, query.topK))))
    }

    /// Sums the first choices of several queries; nil when one of them has no solution.
    public func solveBundle(_ queries: [ShoppingQuery]) -> Bundle? {
        var items: [Item] = []
        for query in queries {
            guard let first = solve(query).items.first else { return nil }
            items.append(first)
        }
        return Bundle(items: items, totalPrice: Money.rounded(items.reduce(0) { $0 + $1.effectivePrice }))
    }

    private static func items(of product: Product, for query: ShoppingQuery) -> [Item] {
        guard fits(product, query) else { return [] }
        return product.options.compactMap { option in
            guard query.sizeIn.isEmpty || query.sizeIn.contains(option.size),
                let price = product.unitPrice(size: option.size, isVIP: query.isUserVIP), query.price.contains(price)
            else { return nil }
            return Item(
                product: product, size: option.size, effectivePrice: price,
                score: score(product, price: price, objective: query.objective ?? .effectivePrice))
        }
    }

    private static func fits(_ product: Product, _ query: ShoppingQuery) -> Bool {
        guard product.stock >= query.minimumStock else { return false }
        let brand = product.brand ?? ""
        if !query.brandIn.isEmpty, !query.brandIn.contains(brand) { return false }
        if query.brandNotIn.contains(brand) { return false }
        if !query.deliveryIn.isEmpty, !query.deliveryIn.contains(product.delivery.rawValue) { return false }
        guard query.tags.allows(product.tags), query.baseTags.allows(product.baseTags) else { return false }
        if !query.allowsVIPOnlyProducts, product.isDiscountVIPOnly, !query.isUserVIP { return false }
        return query.nutrients.allSatisfy { nutrient, bounds in bounds.contains(nutrient.amount(in: product)) }
    }

    private static func score(_ product: Product, price: Double, objective: ShoppingQuery.Objective) -> Double {
        switch objective {
        case .effectivePrice: price
        case .protein: product.nutrition.protein
        case .sugar: product.nutrition.sugar
        case .fiber: product.nutrition.fiber
        case .calories: product.nutrition.calories
        case .sodium: Double(product.nutrition.sodium)
        case .proteinPerPrice: price > 0 ? product.nutrition.protein / price : -.infinity
        case .fiberPerPrice: price > 0 ? product.nutrition.fiber / price : -.infinity
        }
    }
}
