/// The units in which answers are given, with what is needed to compare them.
struct QuantityUnit: Hashable {
    /// What is measured.
    enum Dimension: Hashable {
        case time, energy, mass, share, count(String)
    }

    let dimension: Dimension
    /// How many base units (minute, kilocalorie, gram, percent, one) it has.
    let factor: Double

    /// The unit that a word or sign means; nil for words that are no unit.
    init?(_ word: String) {
        guard let unit = Self.table[word.lowercased()] else { return nil }
        self = unit
    }

    private init(_ dimension: Dimension, _ factor: Double = 1) {
        self.dimension = dimension
        self.factor = factor
    }

    static let hour = QuantityUnit(.time, 60)
    static let minute = QuantityUnit(.time)

    private static let table: [String: QuantityUnit] = {
        var table: [String: QuantityUnit] = [:]
        func add(_ unit: QuantityUnit, _ words: String...) { for word in words { table[word] = unit } }
        add(minute, "minute", "minutes", "min", "mins", "m")
        add(hour, "hour", "hours", "hr", "hrs", "h")
        add(QuantityUnit(.time, 1 / 60), "second", "seconds", "sec", "secs", "s")
        add(QuantityUnit(.energy), "kcal", "kcals", "calorie", "calories", "cal", "cals", "kilocalories")
        add(QuantityUnit(.energy, 1 / 4.184), "kj", "kilojoules")
        add(QuantityUnit(.mass), "g", "gram", "grams")
        add(QuantityUnit(.mass, 1000), "kg", "kilograms")
        add(QuantityUnit(.mass, 0.001), "mg", "milligrams")
        add(QuantityUnit(.share), "%", "percent")
        add(QuantityUnit(.count("step")), "step", "steps")
        add(QuantityUnit(.count("beat")), "bpm", "beats")
        add(QuantityUnit(.count("met")), "met", "mets")
        add(QuantityUnit(.count("money")), "$", "usd", "dollar", "dollars")
        add(QuantityUnit(.count("day")), "day", "days")
        return table
    }()
}
