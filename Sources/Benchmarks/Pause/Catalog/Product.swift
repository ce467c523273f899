/// A product of the shop.
public struct Product: Sendable, Hashable {
    /// When an order of it arrives.
    public enum Delivery: String, Sendable, CaseIterable {
        /// On the same day.
        case today
        /// On the next day.
        case tomorrow
        /// Within three days.
        case threeDays = "3_days"
    }

    /// A size and its price before any discount.
    public struct Option: Sendable, Hashable {
        /// `single_pack` or `pack_5`.
        public var size: String
        /// The price of one pack.
        public var price: Double
    }

    /// What one serving contains.
    public struct Nutrition: Sendable, Hashable {
        /// Kilocalories.
        public var calories: Double
        /// Grams of sugar.
        public var sugar: Double
        /// Grams of protein.
        public var protein: Double
        /// Grams of fat.
        public var fat: Double
        /// Grams of fibre.
        public var fiber: Double
        /// Milligrams of sodium.
        public var sodium: Int
    }

    /// Its id.
    public var id: String
    /// Its name.
    public var name: String
    /// Variant tags such as `low_sugar`, and the brand.
    public var tags: [String]
    /// What kind of food it is; not shown by the shop's tools.
    public var baseTags: [String]
    /// How many are in stock.
    public var stock: Int
    /// What is left of the price: 0.8 is twenty percent off, 1 no discount.
    public var discountFactor: Double
    /// Whether only members get the discount.
    public var isDiscountVIPOnly: Bool
    /// The unit of the weight, `g` or `ml`.
    public var unit: String
    /// The weight of one serving.
    public var weight: Int
    /// What one serving contains.
    public var nutrition: Nutrition
    /// The sizes.
    public var options: [Option]
    /// When it arrives.
    public var delivery: Delivery

    /// The brand, which is one of the tags.
    public var brand: String? { tags.first(where: ProductCatalog.brands.contains) }

    /// The price of a size before any discount; that of the first size for a size that is not sold; nil without sizes.
    public func basePrice(size: String) -> Double? {
        (options.first { $0.size == size } ?? options.first)?.price
    }

    /// The part of the price that a user pays.
    public func factor(isVIP: Bool) -> Double { isDiscountVIPOnly && !isVIP ? 1 : discountFactor }

    /// What a user pays for one pack, without vouchers.
    public func unitPrice(size: String, isVIP: Bool) -> Double? {
        basePrice(size: size).map { Money.rounded($0 * factor(isVIP: isVIP)) }
    }
}
