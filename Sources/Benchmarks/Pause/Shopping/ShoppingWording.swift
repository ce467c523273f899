/// Puts shopping queries into words.
public enum ShoppingWording {
    /// What is wanted, without the delivery: `nuts that are low in sugar and organic, the cheapest that there is`.
    public static func phrase(_ query: ShoppingQuery) -> String {
        let kinds = query.baseTags.all.map { Self.kinds[$0] ?? plain($0) }
        var text = kinds.isEmpty ? "food" : kinds.joined(separator: " or ")
        let traits = query.tags.all.map { Self.traits[$0] ?? plain($0) }
        if !traits.isEmpty { text += " that is " + joined(traits) }
        switch (query.objective, query.direction) {
        case (.effectivePrice?, .min?): text += "; of everything that fits, the one with the lowest price for me"
        case (.calories?, .min?): text += "; of everything that fits, the one with the fewest calories per serving"
        case (let objective?, let direction):
            let end = direction == .min ? "lowest" : "highest"
            text += "; of everything that fits, the one with the \(end) \(plain(objective.rawValue))"
        case (nil, _): break
        }
        return text
    }

    /// What the user says first: every wish, or where it is written down, and the delivery.
    public static func opening(_ plan: ShoppingPlan) -> String {
        var sentences = ["Hello, I would like to order some food."]
        for wish in plan.wishes {
            let day = wish.createdOn?.description ?? ""
            switch wish.retrieval {
            case .none: sentences.append("I want \(phrase(wish.query)); \(wish.units) units of it, please.")
            case .note:
                sentences.append(
                    "Please look up my note of \(day): it says what I want, and I need \(wish.units) units of it.")
            case .carePlan:
                sentences.append(
                    "Please look up my care plan of \(day): I want what it recommends, \(wish.units) units of it.")
            }
        }
        sentences.append("Only take products that carry all of the tags that are asked for.")
        if plan.isDeliveryToday { sentences.append("Everything has to be delivered today.") }
        sentences.append("Leave out whatever is still in my cart from before, and put all of it into one order.")
        return sentences.joined(separator: " ")
    }

    private static func plain(_ word: String) -> String {
        word.split(separator: "_").joined(separator: " ")
    }

    private static func joined(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    private static let kinds = [
        "bar": "a bar", "biscuit": "biscuits", "chip": "chips", "dairy": "a dairy product", "drink": "a drink",
        "fruit": "a fruit product", "meal_replacement": "a meal replacement", "nut": "nuts",
    ]
    private static let traits = [
        "diabetic_safe": "safe for diabetics (diabetic_safe)", "high_fiber": "high in fibre (high_fiber)",
        "high_protein": "high in protein (high_protein)", "low_calorie": "low in calories (low_calorie)",
        "low_fat": "low in fat (low_fat)", "low_sodium": "low in sodium (low_sodium)",
        "low_sugar": "low in sugar (low_sugar)", "organic": "organic (organic)",
        "sugar_free": "free of sugar (sugar_free)",
    ]
}
