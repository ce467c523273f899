/// A food of the shop before brand and variant: what one plain serving of it contains.
struct ProductRecipe {
    /// What is done to a recipe to make a product of it.
    enum Variant {
        /// As it is.
        case plain
        /// Without most of its sugar.
        case lowSugar
        /// Without sugar.
        case sugarFree
        /// With protein added.
        case protein
        /// With less fat.
        case light
        /// With fibre added.
        case fiber
        /// With little salt.
        case lowSodium
        /// From organic farming.
        case organic
    }

    let name: String
    let baseTag: String
    let weight: Int
    let price: Double
    let nutrition: Product.Nutrition
    let variants: [Variant]
    /// Tags that hold whatever the variant.
    let traits: [String]

    var unit: String { baseTag == "drink" ? "ml" : "g" }

    init(
        _ name: String, _ baseTag: String, weight: Int, price: Double,
        _ nutrition: (Double, Double, Double, Double, Double, Int), _ variants: [Variant], traits: [String] = []
    ) {
        self.name = name
        self.baseTag = baseTag
        self.weight = weight
        self.price = price
        self.nutrition = Product.Nutrition(
            calories: nutrition.0, sugar: nutrition.1, protein: nutrition.2, fat: nutrition.3, fiber: nutrition.4,
            sodium: nutrition.5)
        self.variants = variants
        self.traits = traits
    }

    /// Three recipes of every kind of food; of each kilocalories, sugar, protein, fat, fibre and sodium of a serving.
    static let all: [ProductRecipe] = [
        .init(
            "Nut Date Bar", "bar", weight: 40, price: 2.4, (178, 15, 4, 8, 3.2, 25), [.plain, .protein, .organic],
            traits: ["gluten_free", "vegan"]),
        .init(
            "Cocoa Oat Bar", "bar", weight: 35, price: 1.9, (152, 9.5, 3, 5.5, 2.6, 60), [.plain, .lowSugar, .fiber]),
        .init(
            "Peanut Crisp Bar", "bar", weight: 45, price: 2.7, (215, 10, 7, 11.5, 2.2, 110),
            [.plain, .protein, .sugarFree]),
        .init(
            "Spelt Biscuit", "biscuit", weight: 30, price: 1.6, (136, 7, 2.4, 5, 1.8, 90),
            [.plain, .lowSugar, .organic], traits: ["vegan"]),
        .init(
            "Ginger Snap", "biscuit", weight: 28, price: 1.5, (128, 10, 1.6, 4.2, 0.8, 95),
            [.plain, .sugarFree, .light]),
        .init(
            "Sesame Cracker", "biscuit", weight: 25, price: 1.8, (110, 1.6, 3, 4.4, 1.6, 190),
            [.plain, .fiber, .lowSodium], traits: ["vegan"]),
        .init(
            "Sea Salt Potato Chips", "chip", weight: 30, price: 2.1, (160, 0.3, 2, 10, 1.2, 170),
            [.plain, .light, .lowSodium], traits: ["gluten_free", "vegan"]),
        .init(
            "Lentil Puffs", "chip", weight: 28, price: 2.5, (118, 1, 4.2, 3.8, 2.4, 150),
            [.plain, .protein, .lowSodium], traits: ["gluten_free", "vegan"]),
        .init(
            "Beetroot Crisps", "chip", weight: 26, price: 2.8, (124, 8.5, 2, 7, 3.4, 80),
            [.plain, .fiber, .organic], traits: ["gluten_free", "vegan"]),
        .init(
            "Vanilla Yogurt", "dairy", weight: 150, price: 1.7, (140, 19, 6, 4.2, 0.2, 70),
            [.plain, .lowSugar, .light], traits: ["gluten_free"]),
        .init(
            "Cottage Cheese Cup", "dairy", weight: 130, price: 2.2, (112, 3.4, 14, 4.6, 0, 330),
            [.plain, .light, .lowSodium], traits: ["gluten_free"]),
        .init(
            "Kefir Shot", "dairy", weight: 120, price: 1.9, (72, 5, 4.2, 2.4, 0, 50),
            [.plain, .protein, .organic], traits: ["gluten_free"]),
        .init(
            "Elderflower Soda", "drink", weight: 330, price: 1.6, (118, 28, 0, 0, 0, 15),
            [.plain, .lowSugar, .sugarFree], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Oat Drink", "drink", weight: 250, price: 1.8, (112, 9, 2.4, 3.6, 2, 95),
            [.plain, .sugarFree, .fiber], traits: ["vegan", "lactose_free"]),
        .init(
            "Whey Shake", "drink", weight: 300, price: 3.4, (168, 12, 22, 3, 0.8, 160),
            [.plain, .lowSugar, .protein], traits: ["gluten_free"]),
        .init(
            "Apple Rings", "fruit", weight: 30, price: 2.3, (82, 17, 0.4, 0.1, 3, 12),
            [.plain, .organic, .lowSodium], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Mango Strips", "fruit", weight: 35, price: 2.9, (112, 24, 0.9, 0.4, 1.6, 20),
            [.plain, .lowSugar, .organic], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Berry Cup", "fruit", weight: 140, price: 3.3, (64, 9, 1.2, 0.4, 5.4, 2),
            [.plain, .organic, .fiber], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Lentil Soup Pot", "meal_replacement", weight: 320, price: 4.4, (286, 7, 16, 6, 10, 780),
            [.plain, .lowSodium, .protein], traits: ["vegan", "lactose_free"]),
        .init(
            "Balanced Shake Powder", "meal_replacement", weight: 60, price: 4.9, (236, 9, 20, 6.5, 5.5, 280),
            [.plain, .sugarFree, .fiber], traits: ["gluten_free"]),
        .init(
            "Quinoa Lunch Bowl", "meal_replacement", weight: 280, price: 5.8, (362, 6, 13, 12, 8.5, 520),
            [.plain, .light, .organic], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Roasted Almonds", "nut", weight: 30, price: 2.6, (182, 1.3, 6.4, 15.6, 3.6, 90),
            [.plain, .lowSodium, .organic], traits: ["gluten_free", "vegan", "lactose_free"]),
        .init(
            "Honey Cashews", "nut", weight: 30, price: 2.8, (176, 6.5, 4.6, 13, 1, 70),
            [.plain, .lowSugar, .lowSodium], traits: ["gluten_free", "lactose_free"]),
        .init(
            "Trail Mix", "nut", weight: 40, price: 3.1, (196, 12, 5, 12, 3, 40),
            [.plain, .protein, .fiber], traits: ["gluten_free", "vegan", "lactose_free"]),
    ]
}
