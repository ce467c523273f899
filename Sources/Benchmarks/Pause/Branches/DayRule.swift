import JSON

/// A rule of a note or care plan that a program can hold against a day.
struct DayRule {
    /// What of a day is looked at.
    enum Measure {
        /// A number in the day's summary, which has to be above the bound.
        case activity(path: String)
        /// Kilocalories eaten, which have to be below it.
        case intake
    }

    /// The words by which a text is recognized.
    let sign: String
    let measure: Measure
    let bound: Double
    /// What is counted, in words.
    let subject: String

    /// On how many days the rule was kept.
    ///
    /// Throws ``TemplateFailure`` when a value meets the bound exactly: people could argue about that day.
    func keptDays(_ values: [Double]) throws -> Int {
        guard !values.contains(bound) else { throw TemplateFailure("a value on the bound") }
        return values.count { value in
            switch measure {
            case .activity: value > bound
            case .intake: value < bound
            }
        }
    }

    /// The rule in a text, where it is one of the known ones.
    static func of(_ text: String) -> DayRule? { all.first { text.contains($0.sign) } }

    private static let all = [
        DayRule(
            sign: "7000 steps", measure: .activity(path: "steps.total"), bound: 7000,
            subject: "steps"),
        DayRule(
            sign: "2500 kcal a day", measure: .activity(path: "calories.total"), bound: 2500,
            subject: "the kilocalories that are burned"),
        DayRule(
            sign: "energy expenditure above 2500", measure: .activity(path: "calories.total"), bound: 2500,
            subject: "the kilocalories that are burned"),
        DayRule(
            sign: "20000", measure: .activity(path: "mets.total"), bound: 20000, subject: "METs"),
    ]

    /// The rule for food in a text, where it is a known one.
    static func ofFood(_ text: String) -> DayRule? { text.contains("2500 kcal") ? food : nil }

    private static let food = DayRule(
        sign: "2500 kcal", measure: .intake, bound: 2500, subject: "the kilocalories that are eaten")
}
