extension ProductRecipe.Variant {
    /// The word before the product's name; nil for a plain one.
    var word: String? {
        switch self {
        case .plain: nil
        case .lowSugar: "Less Sugar"
        case .sugarFree: "Zero Sugar"
        case .protein: "Protein"
        case .light: "Light"
        case .fiber: "Fibre"
        case .lowSodium: "Low Salt"
        case .organic: "Organic"
        }
    }

    /// What the variant costs compared with the plain product.
    var priceFactor: Double {
        switch self {
        case .plain: 1
        case .lowSugar, .light, .lowSodium: 1.1
        case .sugarFree, .fiber: 1.2
        case .protein: 1.35
        case .organic: 1.4
        }
    }

    /// What a serving of the variant contains.
    func applied(to plain: Product.Nutrition) -> Product.Nutrition {
        var changed = plain
        switch self {
        case .plain, .organic: break
        case .lowSugar:
            changed.sugar = plain.sugar * 0.25
            changed.calories = plain.calories - plain.sugar * 0.75 * 3.2
        case .sugarFree:
            changed.sugar = 0
            changed.calories = plain.calories - plain.sugar * 3.4
        case .protein:
            changed.protein = plain.protein * 1.6 + 4
            changed.sugar = plain.sugar * 0.7
        case .light:
            changed.fat = plain.fat * 0.3
            changed.calories = plain.calories - plain.fat * 0.7 * 8.5
        case .fiber: changed.fiber = plain.fiber * 1.8 + 2.5
        case .lowSodium: changed.sodium = plain.sodium / 4
        }
        return changed
    }
}

extension ProductRecipe {
    /// The tags that a serving earns by what it contains, those of the recipe and `organic`, in alphabetical order.
    func tags(of variant: Variant, _ nutrition: Product.Nutrition) -> [String] {
        let hundred = 100 / Double(weight)
        let isDrink = unit == "ml"
        var tags = Set(traits)
        func tag(_ name: String, if holds: Bool) {
            if holds { tags.insert(name) }
        }
        tag("organic", if: variant == .organic)
        tag("sugar_free", if: nutrition.sugar * hundred <= 0.5)
        tag("low_sugar", if: nutrition.sugar * hundred <= (isDrink ? 2.5 : 5))
        tag("high_sugar", if: nutrition.sugar * hundred >= (isDrink ? 8 : 22.5))
        tag("low_fat", if: nutrition.fat * hundred <= (isDrink ? 1.5 : 3))
        tag("high_fat", if: nutrition.fat * hundred >= 17.5)
        tag("high_fiber", if: nutrition.fiber * hundred >= (isDrink ? 2 : 6))
        tag("high_protein", if: nutrition.protein * 4 >= nutrition.calories * 0.2)
        tag("low_sodium", if: Double(nutrition.sodium) * hundred <= 120)
        tag("low_calorie", if: nutrition.calories <= 110)
        tag("high_calorie", if: nutrition.calories >= 200)
        tag("diabetic_safe", if: nutrition.sugar <= 3 && nutrition.calories <= 200)
        return tags.sorted()
    }
}
