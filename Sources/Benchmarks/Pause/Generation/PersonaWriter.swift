import JSON

/// Writes a persona from templates, where no language model does.
struct PersonaWriter {
    private static let names = [
        "female": ["Mara", "Elif", "Noemi", "Sanna", "Petra", "Yara", "Liv", "Bianca", "Greta", "Asha"],
        "male": ["Jonas", "Viktor", "Callum", "Rafael", "Ikram", "Dmitri", "Owen", "Haruto", "Tariq", "Mateo"],
    ]
    private static let jobs = [
        "teacher", "software tester", "nurse", "architect", "translator", "bookkeeper", "bus driver", "lab technician",
        "shop manager", "journalist",
    ]
    private static let risks = [
        "type_2_diabetes", "hypertension", "high_cholesterol", "prediabetes", "family_history_of_heart_disease",
        "low_back_pain",
    ]
    private static let restrictions = [
        "lactose_intolerant", "gluten_free", "low_sodium", "vegetarian", "nut_allergy", "low_sugar",
    ]
    private static let foods = [
        "high_protein", "low_sugar", "high_fiber", "low_fat", "organic", "low_calorie", "low_sodium",
    ]

    /// Draws age, risks, restrictions and tastes, and puts them into words.
    static func persona(for habit: HabitTemplate, stream: inout PauseStream) -> PausePersona {
        let gender = stream.chance(0.5) ? "female" : "male"
        let person = Person(
            name: stream.pick(names[gender] ?? []) ?? "Mara", age: stream.integer(in: 24...67), gender: gender,
            job: stream.pick(jobs) ?? "teacher",
            risks: stream.sample(stream.integer(in: 0...2), of: risks).sorted(),
            restrictions: stream.sample(stream.integer(in: 0...2), of: restrictions).sorted(),
            foods: stream.sample(stream.integer(in: 2...3), of: foods).sorted())
        // What the clinics know is a part of what the user told the platform.
        let knownRisks = person.risks.filter { _ in stream.chance(0.8) }
        let knownRestrictions = person.restrictions.filter { _ in stream.chance(0.6) }
        return PausePersona(
            userProfile: [
                "basic_info": person.basicInfo, "health_risks": texts(person.risks),
                "dietary_restrictions": texts(person.restrictions),
                "preferences": [
                    "sport": texts(habit.sports.map(\.choice)), "food": texts(person.foods),
                ],
            ],
            medicalProfile: [
                "basic_info": person.basicInfo, "health_risks": texts(knownRisks),
                "dietary_restrictions": texts(knownRestrictions),
            ],
            narrativeSummary: person.summary(habit))
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private struct Person {
        let name: String
        let age: Int
        let gender: String
        let job: String
        let risks: [String]
        let restrictions: [String]
        let foods: [String]

        var basicInfo: JSONValue {
            ["name": .string(name), "age": .init(age), "gender": .string(gender)]
        }

        /// Eighty to a hundred and twenty words.
        func summary(_ habit: HabitTemplate) -> String {
            let they = gender == "female" ? "she" : "he"
            let their = gender == "female" ? "her" : "his"
            let them = gender == "female" ? "her" : "him"
            let intensity = habit.intensities.max { $0.weight < $1.weight }?.choice.rawValue ?? "moderate"
            let time = habit.patterns.max { $0.weight < $1.weight }?.choice.name.hasPrefix("morning") ?? false
            let sport = plain(habit.sports.first?.choice ?? "running")
            let health =
                risks.isEmpty
                ? "No chronic condition is on record, and \(they) wants it to stay that way."
                : "On record for \(them): \(list(risks)), which \(they) keeps an eye on."
            let diet =
                restrictions.isEmpty
                ? "There is nothing that \(they) has to avoid at the table."
                : "At the table \(they) minds one thing above all: \(list(restrictions))."
            return [
                "\(name) is a \(age)-year-old \(job) who wears a tracker every day and likes to see the numbers.",
                "In a usual week \(they) trains on \(habit.daysPerWeek.lowerBound) to "
                    + "\(habit.daysPerWeek.upperBound) days, mostly \(sport), "
                    + "\(time ? "before work" : "after work"), for \(habit.minutes.lowerBound) to "
                    + "\(habit.minutes.upperBound) minutes at a \(intensity) pace.",
                health, diet,
                "When shopping, \(they) looks for food that is \(list(foods)).",
                "\(name) writes down meals, keeps short notes, and asks the assistant to compare days, to explain "
                    + "what changed, and to keep \(their) goals within reach.",
            ].joined(separator: " ")
        }

        private func plain(_ text: String) -> String { text.split(separator: "_").joined(separator: " ") }

        private func list(_ items: [String]) -> String {
            let items = items.map(plain)
            guard let last = items.last, items.count > 1 else { return items.first ?? "" }
            return items.dropLast().joined(separator: ", ") + " and " + last
        }
    }
}
