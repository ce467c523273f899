/// What the log-linear policy sees of a state: a few facts and the words of the request, as a sparse vector.
public struct StateFeatures: Sendable, Hashable {
    /// Which facts are looked at.
    public struct Layout: Sendable, Hashable {
        /// Whether the persona counts; only for policies that may know it.
        public var includesPersona: Bool

        /// Chooses the facts.
        public init(includesPersona: Bool = false) { self.includesPersona = includesPersona }

        /// The words of requests are spread over so many places.
        public static let buckets = 4096

        /// The names of the facts, at the places before the words.
        static let factNames = [
            "bias", "uncertainty", "unclear", "prev_reject", "turn_0", "turn_1", "turn_2", "turn_3_or_more",
            "unclear_and_not_rejected", "patience_low", "patience_mid", "patience_high", "expertise_low",
            "expertise_mid", "expertise_high", "patient_unclear_and_may_ask", "planning",
        ]

        /// The place that tells plans from programs.
        static let planning = factNames.count - 1

        /// The names of the facts that a policy of this layout looks at.
        var usedFactNames: [String] {
            Self.factNames.enumerated().filter { includesPersona || !(9...15).contains($0.offset) }.map(\.element)
        }

        /// How many places there are.
        static let size = factNames.count + buckets

        /// The name of a place, as model files have it.
        static func name(of place: Int) -> String {
            place < factNames.count ? factNames[place] : "word_\(place - factNames.count)"
        }

        /// The place of a name, or nil.
        static func place(of name: String) -> Int? {
            if let place = factNames.firstIndex(of: name) { return place }
            guard name.hasPrefix("word_"), let bucket = Int(name.dropFirst(5)), (0..<buckets).contains(bucket) else {
                return nil
            }
            return factNames.count + bucket
        }
    }

    /// The places that are not zero, in ascending order.
    let places: [Int32]
    /// Their values.
    let values: [Double]

    /// Looks at a state.
    public init(of state: ProactiveState, persona: Persona?, layout: Layout) {
        let isUnclear = state.taskUncertainty < 0.5
        var entries: [(Int, Double)] = [
            (0, 1), (1, state.taskUncertainty), (2, isUnclear ? 1 : 0), (3, Double(state.prevReject)),
            (4 + min(3, max(0, state.dialogueTurn)), 1), (8, isUnclear && state.prevReject == 0 ? 1 : 0),
        ]
        if state.domain == .planning { entries.append((Layout.planning, 1)) }
        if layout.includesPersona, let persona {
            entries.append((9 + Self.place(of: persona.patience), 1))
            entries.append((12 + Self.place(of: persona.expertise), 1))
            let mayAsk = state.prevReject == 0 && state.dialogueTurn < 2
            entries.append((15, persona.patience == .high && isUnclear && mayAsk ? 1 : 0))
        }
        entries.sort { $0.0 < $1.0 }
        let buckets = Set(Self.words(of: state.query).map(Self.bucket)).sorted()
        // All words together weigh as much as one fact, however long the request is.
        let weight = buckets.isEmpty ? 0 : 1 / Double(buckets.count).squareRoot()
        entries += buckets.map { (Layout.factNames.count + $0, weight) }
        let present = entries.filter { $0.1 != 0 }
        places = present.map { Int32($0.0) }
        values = present.map(\.1)
    }

    private static func place(of level: PersonaLevel) -> Int {
        switch level {
        case .low: 0
        case .mid: 1
        case .high: 2
        }
    }

    /// Runs of letters and digits, in lower case.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The 32-bit FNV-1a of the word's UTF-8 bytes, modulo the number of buckets.
    static func bucket(of word: String) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in word.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % UInt32(Layout.buckets))
    }
}
