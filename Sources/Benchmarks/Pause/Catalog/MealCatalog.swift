/// A meal with what it contains, before it is scaled to a portion.
public struct CatalogMeal: Sendable, Hashable {
    /// Which meal of the day it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// Breakfast.
        case breakfast
        /// Lunch or dinner.
        case lunchDinner = "lunch_dinner"
        /// A snack.
        case snack
    }

    /// What a meal contains.
    public struct Nutrition: Sendable, Hashable {
        /// Kilocalories.
        public var calories: Double
        /// Grams of sugar.
        public var sugar: Double
        /// Grams of fibre.
        public var fiber: Double
        /// Grams of fat.
        public var fat: Double
    }

    /// Its id, which users do not see.
    public var id: String
    /// Which meal of the day it is.
    public var kind: Kind
    /// Foods and grams.
    public var items: [Item]
    /// What all of it contains.
    public var nutrition: Nutrition

    /// A food and its amount.
    public struct Item: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Grams.
        public var grams: Int
    }

    /// Grams of all foods.
    public var totalGrams: Int { items.reduce(0) { $0 + $1.grams } }

    init(
        _ id: String, _ kind: Kind, _ items: [(String, Int)], _ nutrition: (Double, Double, Double, Double)
    ) {
        self.id = id
        self.kind = kind
        self.items = items.map { Item(name: $0.0, grams: $0.1) }
        self.nutrition = Nutrition(
            calories: nutrition.0, sugar: nutrition.1, fiber: nutrition.2, fat: nutrition.3)
    }
}

extension CatalogMeal {
    /// All meals; of each the foods in grams, then kilocalories, sugar, fibre and fat.
    public static let all: [CatalogMeal] = breakfasts + mains + snacks

    /// The meals of one kind.
    public static func meals(_ kind: Kind) -> [CatalogMeal] { all.filter { $0.kind == kind } }

    private static let breakfasts: [CatalogMeal] = [
        .init(
            "bf_porridge_pear", .breakfast, [("Oat Porridge", 260), ("Pear Slices", 90)], (410, 14, 8.5, 8)),
        .init(
            "bf_rye_egg", .breakfast, [("Rye Bread", 80), ("Boiled Eggs", 110), ("Tomato", 70)],
            (390, 4.5, 7, 15)),
        .init("bf_muesli_skyr", .breakfast, [("Muesli", 70), ("Skyr", 200)], (430, 12.5, 7.5, 9)),
        .init("bf_shakshuka", .breakfast, [("Shakshuka", 280), ("Flatbread", 60)], (470, 9, 6.5, 21)),
        .init("bf_waffles_berries", .breakfast, [("Waffles", 150), ("Raspberries", 70)], (560, 21, 5, 22)),
        .init(
            "bf_cottage_toast", .breakfast, [("Cottage Cheese", 150), ("Wholegrain Toast", 70)], (340, 6, 5.5, 8)),
        .init("bf_green_smoothie", .breakfast, [("Spinach Mango Smoothie", 380)], (300, 26, 6.5, 4)),
        .init("bf_bagel_salmon", .breakfast, [("Bagel", 95), ("Smoked Salmon", 60)], (440, 6, 3, 13)),
    ]

    private static let mains: [CatalogMeal] = [
        .init(
            "ld_turkey_couscous", .lunchDinner,
            [("Roast Turkey", 150), ("Couscous", 190), ("Green Beans", 120)], (590, 6, 9, 12)),
        .init("ld_lentil_dal", .lunchDinner, [("Lentil Dal", 300), ("Basmati Rice", 180)], (620, 6.5, 13, 14)),
        .init(
            "ld_cod_potatoes", .lunchDinner, [("Oven Cod", 170), ("Boiled Potatoes", 220), ("Peas", 90)],
            (520, 7, 9.5, 9)),
        .init("ld_pork_udon", .lunchDinner, [("Pork Stir Fry", 170), ("Udon", 230)], (740, 9, 5, 25)),
        .init("ld_mushroom_risotto", .lunchDinner, [("Mushroom Risotto", 360)], (680, 4, 4.5, 26)),
        .init(
            "ld_chickpea_salad", .lunchDinner, [("Chickpea Salad", 320), ("Feta", 50)], (540, 8, 12, 25)),
        .init("ld_cheeseburger", .lunchDinner, [("Cheeseburger", 230), ("Fries", 130)], (930, 11, 6, 47)),
        .init("ld_tofu_bowl", .lunchDinner, [("Tofu Rice Bowl", 430)], (610, 8, 8, 19)),
    ]

    private static let snacks: [CatalogMeal] = [
        .init("sn_banana_almonds", .snack, [("Banana", 120), ("Almonds", 25)], (250, 15, 5.5, 13)),
        .init("sn_quark_honey", .snack, [("Quark", 180), ("Honey", 12)], (190, 17, 0, 1)),
        .init("sn_brownie", .snack, [("Brownie", 75)], (330, 27, 2, 17)),
        .init("sn_pretzels", .snack, [("Pretzels", 55)], (210, 2, 2, 2)),
        .init("sn_hummus_carrots", .snack, [("Hummus", 60), ("Carrots", 120)], (200, 7, 6.5, 11)),
        .init("sn_granola_bar", .snack, [("Granola Bar", 45)], (200, 11, 2.5, 8)),
    ]
}
