/// What somebody wants to buy: constraints that all have to hold, and one wish beyond them.
///
/// Empty lists and nil bounds restrict nothing.
public struct ShoppingQuery: Sendable, Hashable {
    /// What one serving contains, as far as it can be asked for.
    public enum Nutrient: String, Sendable, Hashable, CaseIterable {
        /// Kilocalories.
        case calories
        /// Grams of sugar.
        case sugar = "sugar_g"
        /// Grams of protein.
        case protein = "protein_g"
        /// Grams of fat.
        case fat = "fat_g"
        /// Grams of fibre.
        case fiber = "fiber_g"
        /// Milligrams of sodium.
        case sodium = "sodium_mg"

        /// How much of it a product has per serving.
        public func amount(in product: Product) -> Double {
            switch self {
            case .calories: product.nutrition.calories
            case .sugar: product.nutrition.sugar
            case .protein: product.nutrition.protein
            case .fat: product.nutrition.fat
            case .fiber: product.nutrition.fiber
            case .sodium: Double(product.nutrition.sodium)
            }
        }
    }

    /// What is to be as large or as small as possible.
    public enum Objective: String, Sendable, Hashable, CaseIterable {
        /// The price that the user pays for a pack.
        case effectivePrice = "effective_price"
        /// Protein per serving.
        case protein = "protein_g"
        /// Sugar per serving.
        case sugar = "sugar_g"
        /// Fibre per serving.
        case fiber = "fiber_g"
        /// Kilocalories per serving.
        case calories
        /// Sodium per serving.
        case sodium = "sodium_mg"
        /// Protein for the money.
        case proteinPerPrice = "protein_per_price"
        /// Fibre for the money.
        case fiberPerPrice = "fiber_per_price"
    }

    /// Which end of the objective is wanted.
    public enum Direction: String, Sendable, Hashable {
        /// The largest value.
        case max
        /// The smallest value.
        case min
    }

    /// A lower and an upper bound, both included; nil for none.
    public struct Bounds: Sendable, Hashable {
        /// The smallest value that is allowed.
        public var minimum: Double?
        /// The largest value that is allowed.
        public var maximum: Double?

        /// Sets the bounds.
        public init(minimum: Double? = nil, maximum: Double? = nil) {
            self.minimum = minimum
            self.maximum = maximum
        }

        func contains(_ value: Double) -> Bool {
            if let minimum, value < minimum { return false }
            if let maximum, value > maximum { return false }
            return true
        }
    }

    /// Tags of which a product needs all, needs one, may have none.
    public struct TagRule: Sendable, Hashable {
        /// All of these.
        public var all: [String] = []
        /// At least one of these.
        public var any: [String] = []
        /// None of these.
        public var none: [String] = []

        /// No rule.
        public init() {}

        func allows(_ tags: [String]) -> Bool {
            all.allSatisfy(tags.contains) && (any.isEmpty || any.contains(where: tags.contains))
                && !none.contains(where: tags.contains)
        }
    }

    /// Rules for variant tags.
    public var tags = TagRule()
    /// Rules for the kind of food.
    public var baseTags = TagRule()
    /// Brands that are wanted.
    public var brandIn: [String] = []
    /// Brands that are not.
    public var brandNotIn: [String] = []
    /// Deliveries that are quick enough.
    public var deliveryIn: [String] = []
    /// Sizes that are wanted.
    public var sizeIn: [String] = []
    /// Bounds of the price that the user pays for a pack.
    public var price = Bounds()
    /// Whether the user gets members' discounts.
    public var isUserVIP = false
    /// Whether products with a members' discount are shown to somebody who is no member.
    public var allowsVIPOnlyProducts = true
    /// How many have to be in stock.
    public var minimumStock = 0
    /// Bounds of what a serving contains.
    public var nutrients: [Nutrient: Bounds] = [:]
    /// The wish; nil for any product that fits.
    public var objective: Objective?
    /// Which end of the objective is wanted; nil means the largest.
    public var direction: Direction?
    /// How many products an answer has at most.
    public var topK = 10

    /// Asks for anything.
    public init() {}
}
