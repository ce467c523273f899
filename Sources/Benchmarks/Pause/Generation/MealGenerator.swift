import JSON

/// Draws a user's meals: three a day, and a snack on some.
struct MealGenerator {
    private struct Slot {
        let name: String
        let kind: CatalogMeal.Kind
        let minute: Int
        let jitter: Int
    }

    private static let slots = [
        Slot(name: "breakfast", kind: .breakfast, minute: 450, jitter: 20),
        Slot(name: "lunch", kind: .lunchDinner, minute: 750, jitter: 30),
        Slot(name: "snack", kind: .snack, minute: 930, jitter: 60),
        Slot(name: "dinner", kind: .lunchDinner, minute: 1110, jitter: 45),
    ]
    private static let snackProbability = 0.3

    /// The records in the order of their times.
    static func meals(days: ClosedRange<CalendarDay>, seed: Int, stream: inout PauseStream) -> [JSONObject] {
        var records: [JSONObject] = []
        for day in days {
            for slot in slots {
                if slot.kind == .snack, !stream.chance(snackProbability) { continue }
                let id = PauseID.make(.meal, seed: seed, stage: "meals", index: records.count + 1)
                if let record = record(id, slot, day, &stream) { records.append(record) }
            }
        }
        return records
    }

    private static func record(
        _ id: String, _ slot: Slot, _ day: CalendarDay, _ stream: inout PauseStream
    ) -> JSONObject? {
        guard let meal = stream.pick(CatalogMeal.meals(slot.kind)) else { return nil }
        let scale = stream.number(in: 0.9...1.1)
        let time = DayTime(day, minute: slot.minute + stream.integer(in: -slot.jitter...slot.jitter))
        return [
            "record_id": .string(id), "time": .string(time.description), "meal_type": .string(slot.name),
            "items": .array(
                meal.items.map { item in
                    let grams = Int((Double(item.grams) * scale / 10).rounded(.toNearestOrEven)) * 10
                    return ["name": .string(item.name), "amount_g": .init(max(10, grams))]
                }),
            "nutrition": meal.nutrition.json(scaled: scale),
        ]
    }
}

extension CatalogMeal.Nutrition {
    /// The object `nutrition` of a meal record, to a tenth.
    func json(scaled scale: Double) -> JSONValue {
        [
            "calories": JSONValue(roundedLikePython(calories * scale, 1)),
            "sugar_g": JSONValue(roundedLikePython(sugar * scale, 1)),
            "fiber_g": JSONValue(roundedLikePython(fiber * scale, 1)),
            "fat_g": JSONValue(roundedLikePython(fat * scale, 1)),
        ]
    }
}
