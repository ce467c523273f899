/// The products of the shop, in the order in which they are browsed.
public struct ProductCatalog: Sendable {
    /// The four brands.
    public static let brands: Set<String> = ["DailyGrove", "HearthTable", "ClearMeadow", "SummitCraft"]

    /// Every tag that a product can have besides its brand.
    public static let variantTags = [
        "diabetic_safe", "gluten_free", "high_calorie", "high_fat", "high_fiber", "high_protein", "high_sugar",
        "lactose_free", "low_calorie", "low_fat", "low_sodium", "low_sugar", "organic", "sugar_free", "vegan",
    ]

    /// The products.
    public let products: [Product]
    private let positions: [String: Int]

    /// The shop's own products.
    public static let standard = ProductCatalog(products: CatalogGenerator.products())

    /// Makes a catalogue; of products with the same id the first is found.
    public init(products: [Product]) {
        self.products = products
        positions = Dictionary(products.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }

    /// The product with an id.
    public subscript(id: String) -> Product? { positions[id].map { products[$0] } }
}
