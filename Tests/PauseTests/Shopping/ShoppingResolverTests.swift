import Evaluation
import JSON
import Testing

@testable import Pause

struct ShoppingResolverTests {
    private let resolver = ShoppingResolver()
    private let catalog = ProductCatalog.standard

    /// Each query and, written out plainly, which products fit it.
    static let queries: [(JSONObject, @Sendable (Product) -> Bool)] = [
        ([:], { _ in true }),
        (
            ["include_tags_all": ["low_sugar", "high_fiber"]],
            { $0.tags.contains("low_sugar") && $0.tags.contains("high_fiber") }
        ),
        (["include_tags_any": ["organic", "low_fat"]], { $0.tags.contains("organic") || $0.tags.contains("low_fat") }),
        (
            ["exclude_tags_any": ["organic", "low_fat"]],
            { !$0.tags.contains("organic") && !$0.tags.contains("low_fat") }
        ),
        (["include_base_tags_all": ["bar"]], { $0.baseTags.contains("bar") }),
        (["include_base_tags_any": ["bar", "nut"]], { $0.baseTags.contains("bar") || $0.baseTags.contains("nut") }),
        (["exclude_base_tags_any": ["dairy"]], { !$0.baseTags.contains("dairy") }),
        (["brand_in": ["ClearMeadow"]], { $0.tags.contains("ClearMeadow") }),
        (["brand_not_in": ["ClearMeadow"]], { !$0.tags.contains("ClearMeadow") }),
        (["delivery_in": ["today", "tomorrow"]], { $0.delivery != .threeDays }),
        (["size_in": ["pack_5"]], { $0.options.contains { $0.size == "pack_5" } }),
        (["stock_min": 100], { $0.stock >= 100 }),
        (["allow_vip_only_products": false], { !$0.isDiscountVIPOnly }),
        (["allow_vip_only_products": false, "user_is_vip": true], { _ in true }),
        (["price_max": 4.0], { p in p.options.contains { BruteForce.price(p, $0.size, isVIP: false) <= 4 } }),
        (["price_min": 20.0], { p in p.options.contains { BruteForce.price(p, $0.size, isVIP: false) >= 20 } }),
        (
            ["price_max": 3.0, "user_is_vip": true],
            { p in p.options.contains { BruteForce.price(p, $0.size, isVIP: true) <= 3 } }
        ),
        (["calories_max": 120], { $0.nutrition.calories <= 120 }),
        (["sugar_g_min": 2, "sugar_g_max": 6], { (2...6).contains($0.nutrition.sugar) }),
        (["protein_g_min": 8], { $0.nutrition.protein >= 8 }),
        (["fat_g_max": 3], { $0.nutrition.fat <= 3 }),
        (["fiber_g_min": 4], { $0.nutrition.fiber >= 4 }),
        (["sodium_mg_max": 60], { $0.nutrition.sodium <= 60 }),
    ]

    @Test(arguments: queries.indices) func everyFieldFiltersAsItSays(index: Int) throws {
        let (json, fits) = Self.queries[index]
        var query = try ShoppingQuery(json: json)
        query.topK = 1000
        let found = Set(resolver.solve(query).items.map(\.product.id))
        let wanted = Set(catalog.products.filter(fits).map(\.id))
        #expect(found == wanted)
    }

    @Test(arguments: ShoppingQuery.Objective.allCases, ["min", "max"])
    func theFirstProductIsTheBestByEveryObjective(objective: ShoppingQuery.Objective, direction: String) throws {
        let query = try ShoppingQuery(json: [
            "objective": .string(objective.rawValue), "direction": .string(direction), "top_k": 1000,
        ])
        let resolution = resolver.solve(query)
        #expect(resolution.status == .optimal && resolution.items.count == catalog.products.count)
        func value(_ product: Product, _ size: String) -> Double {
            let price = BruteForce.price(product, size, isVIP: false)
            return switch objective {
            case .effectivePrice: price
            case .protein: product.nutrition.protein
            case .sugar: product.nutrition.sugar
            case .fiber: product.nutrition.fiber
            case .calories: product.nutrition.calories
            case .sodium: Double(product.nutrition.sodium)
            case .proteinPerPrice: product.nutrition.protein / price
            case .fiberPerPrice: product.nutrition.fiber / price
            }
        }
        let all = catalog.products.flatMap { product in product.options.map { value(product, $0.size) } }
        let best = try #require(direction == "min" ? all.min() : all.max())
        let first = try #require(resolution.items.first)
        #expect(abs(value(first.product, first.size) - best) < 1e-9)
    }

    @Test func withoutAnObjectiveTheCheapestComesFirst() {
        let items = resolver.solve(ShoppingQuery()).items
        #expect(items.count == 10)
        #expect(items.map(\.effectivePrice) == items.map(\.effectivePrice).sorted())
        #expect(Set(items.map(\.product.id)).count == 10)
    }

    @Test func nothingThatFitsIsNoSolution() throws {
        let resolution = resolver.solve(try ShoppingQuery(json: ["calories_max": -1]))
        #expect(resolution.status == .noSolution && resolution.items.isEmpty)
    }

    @Test func aBundleSumsFirstChoicesOrFails() throws {
        let bar = try ShoppingQuery(json: ["include_base_tags_all": ["bar"]])
        let nut = try ShoppingQuery(json: ["include_base_tags_all": ["nut"]])
        let bundle = try #require(resolver.solveBundle([bar, nut]))
        let prices = try [bar, nut].map { try #require(resolver.solve($0).items.first).effectivePrice }
        #expect(bundle.items.count == 2 && abs(bundle.totalPrice - prices.reduce(0, +)) < 0.005)
        #expect(resolver.solveBundle([bar, try ShoppingQuery(json: ["calories_max": -1])]) == nil)
    }

    @Test(arguments: queries.indices) func aQueryIsTheSameAfterWritingAndReading(index: Int) throws {
        let query = try ShoppingQuery(json: Self.queries[index].0)
        #expect(try ShoppingQuery(json: query.json) == query)
    }

    @Test(arguments: [
        ["colour": "red"], ["include_tags_all": "low_sugar"], ["objective": "beauty"], ["price_min": "3"],
    ])
    func anUnusableMemberIsNamed(json: JSONObject) {
        #expect(throws: EvaluationError.self) { try ShoppingQuery(json: json) }
    }
}
