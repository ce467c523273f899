import JSON

extension RecordTools {
    static func createMeal(_ world: inout PauseWorld, _ call: PauseCall) throws(ToolStop) -> JSONValue {
        let time = try call.moment("timestamp")
        let items = try call.list("items")
        guard !items.isEmpty else { throw .value("items must not be empty") }
        var kept: [JSONValue] = []
        var grams: Double? = 0
        for (index, item) in items.enumerated() {
            let food = try Food(item, at: index)
            kept.append(food.json)
            grams = food.grams.flatMap { amount in grams.map { $0 + amount } }
        }
        var stream = PauseStream(seed: world.idSeed, stage: "create_meal_record/\(world.callIndex(call))")
        guard let meal = stream.pick(CatalogMeal.meals(kind(at: time.hour))) else {
            throw .value("No meal fits the time \(time)")
        }
        let scale = scale(of: grams, to: meal) * stream.number(in: 0.9...1.1)
        var record: JSONObject = [
            "record_id": .string(world.identifier(.meal, call)), "time": .string(time.description),
            "meal_type": .string(meal.kind.rawValue), "meal_id": .string(meal.id), "items": .array(kept),
        ]
        let shown = record
        record["nutrition"] = meal.nutrition.json(scaled: scale)
        world.store.profile.append(record, to: .meals)
        return .object(shown)
    }

    /// The kind of meal that one eats at that hour.
    static func kind(at hour: Int) -> CatalogMeal.Kind {
        switch hour {
        case 5..<11: .breakfast
        case 11..<21: .lunchDinner
        default: .snack
        }
    }

    /// How much larger the portion is than the catalogue's; only grams can be compared.
    private static func scale(of grams: Double?, to meal: CatalogMeal) -> Double {
        guard let grams, grams > 0, meal.totalGrams > 0 else { return 1 }
        return min(max(grams / Double(meal.totalGrams), 0.5), 1.8)
    }

    /// A food that the user ate.
    private struct Food {
        let name: String
        let amount: Double
        let unit: String

        init(_ json: JSONValue, at index: Int) throws(ToolStop) {
            guard let name = json["name"]?.stringValue, !trimmed(name).isEmpty else {
                throw .value("items[\(index)] needs a name")
            }
            guard let amount = json["amount"]?["value"]?.doubleValue, amount > 0, amount < 1e9 else {
                throw .value("items[\(index)] needs an amount.value above zero")
            }
            guard let unit = json["amount"]?["unit"]?.stringValue, !trimmed(unit).isEmpty else {
                throw .value("items[\(index)] needs an amount.unit")
            }
            self.name = trimmed(name)
            self.amount = amount
            self.unit = trimmed(unit)
        }

        var grams: Double? { ["g", "gram", "grams"].contains(unit.lowercased()) ? amount : nil }

        var json: JSONValue {
            guard let grams else {
                return ["name": .string(name), "amount": ["value": JSONValue(amount), "unit": .string(unit)]]
            }
            return ["name": .string(name), "amount_g": .init(Int(grams.rounded(.toNearestOrEven)))]
        }
    }
}

/// A text without white space around it.
private func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
}
