/// Preference pairs laid out for training: features in one array, and which action was preferred.
struct PreferenceTable {
    private(set) var starts: [Int] = [0]
    private(set) var places: [Int32] = []
    private(set) var values: [Double] = []
    /// +1 where Clarify was preferred, -1 where Execute was.
    private(set) var signs: [Double] = []
    /// What the reference policy says.
    private(set) var references: [Double] = []

    var count: Int { signs.count }

    init(_ pairs: [PreferencePair], layout: StateFeatures.Layout, reference: LogLinearPolicy?) {
        for pair in pairs {
            let features = StateFeatures(of: pair.state, persona: pair.persona, layout: layout)
            places += features.places
            values += features.values
            starts.append(places.count)
            signs.append(pair.chosenAction == .clarify ? 1 : -1)
            references.append(reference?.margin(of: pair.state, persona: pair.persona) ?? 0)
        }
    }

    /// The weighted sum of one pair's features.
    func margin(_ pair: Int, _ weights: [Double]) -> Double {
        var sum = 0.0
        var entry = starts[pair]
        let end = starts[pair + 1]
        while entry < end {
            sum += weights[Int(places[entry])] * values[entry]
            entry += 1
        }
        return sum
    }

    /// Adds one pair's features, times a factor.
    func add(_ pair: Int, times factor: Double, to weights: inout [Double]) {
        var entry = starts[pair]
        let end = starts[pair + 1]
        while entry < end {
            weights[Int(places[entry])] += factor * values[entry]
            entry += 1
        }
    }
}
