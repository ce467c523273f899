/// What a recommended food has to be; each is a tag of the shop's products.
enum HealthFoodPreference: String, CaseIterable {
    case highProtein = "high_protein"
    case lowSugar = "low_sugar"
    case lowFat = "low_fat"
    case highFiber = "high_fiber"
    case lowCalorie = "low_calorie"
    case diabeticSafe = "diabetic_safe"
    case lowSodium = "low_sodium"

    /// The nutrient that decides, its unit, and whether more of it is better.
    var metric: (key: String, unit: String, moreIsBetter: Bool) {
        switch self {
        case .highProtein: ("protein_g", "g", true)
        case .lowSugar, .diabeticSafe: ("sugar_g", "g", false)
        case .lowFat: ("fat_g", "g", false)
        case .highFiber: ("fiber_g", "g", true)
        case .lowCalorie: ("calories", "kcal", false)
        case .lowSodium: ("sodium_mg", "mg", false)
        }
    }
}
