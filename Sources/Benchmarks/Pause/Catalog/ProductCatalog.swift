/// The products of the shop, in the order in which they are browsed.
public struct ProductCatalog: Sendable {
    /// The four brands.
    public static let brands: Set<String> = ["DailyGrove", "HearthTable", "ClearMeadow", "SummitCraft"]

    /// The products.
    public let products: [Product]
    private let positions: [String: Int]

    /// The shop's own products.
    public static let standard = ProductCatalog(products: [])

    /// Makes a catalogue; of products with the same id the first is found.
    public init(products: [Product]) {
        self.products = products
        positions = Dictionary(products.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }

    /// The product with an id.
    public subscript(id: String) -> Product? { positions[id].map { products[$0] } }
}
