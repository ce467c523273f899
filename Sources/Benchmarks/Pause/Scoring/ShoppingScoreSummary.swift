public import JSON

/// The shopping scores of one model, averaged over its trajectories.
public struct ShoppingScoreSummary: Sendable, Hashable {
    /// The parts of one evaluation that are averaged.
    public struct Row: Sendable, Hashable {
        /// The model behind the assistant.
        public var model: String
        /// Whether everything was reached.
        public var isComplete: Bool
        /// Points reached, points possible, their ratio.
        public var score, maximum, ratio: Double
        /// Share of products found, and the points for quantities, voucher, balance.
        public var products, quantities, voucher, balance: Double

        /// Takes the parts from a score.
        public init(model: String, score: ShoppingScore) {
            self.init(model: model, evaluation: score.json)
        }

        /// Reads the parts from an evaluation in a file; what is missing counts as zero.
        public init(model: String, evaluation: JSONValue) {
            self.model = model.isEmpty ? "unknown" : model
            isComplete = evaluation["ok"]?.boolValue ?? false
            score = evaluation["score"]?.doubleValue ?? 0
            maximum = evaluation["max_score"]?.doubleValue ?? 0
            ratio = evaluation["score_ratio"]?.doubleValue ?? 0
            let details = evaluation["details"] ?? .null
            let expected = details["product_id_match"]?["expected"]?.arrayValue?.count ?? 0
            let matched = details["product_id_match"]?["matched"]?.arrayValue?.count ?? 0
            products = expected == 0 ? 0 : Double(matched) / Double(expected)
            quantities = details["quantity_size_match"]?["score"]?.doubleValue ?? 0
            voucher = details["voucher_ids_match"]?["score"]?.doubleValue ?? 0
            balance = details["balance_check"]?["score"]?.doubleValue ?? 0
        }
    }

    /// The model.
    public let model: String
    /// How many trajectories.
    public let count: Int
    /// The averages under their names in the table, in its order.
    public let averages: [(name: String, value: Double)]

    /// Averages the rows of one model; nil without rows.
    public init?(model: String, rows: [Row]) {
        guard !rows.isEmpty else { return nil }
        func mean(_ value: (Row) -> Double) -> Double { rows.reduce(0) { $0 + value($1) } / Double(rows.count) }
        self.model = model
        count = rows.count
        averages = [
            ("avg_score", mean(\.score)), ("avg_max", mean(\.maximum)), ("avg_ratio", mean(\.ratio)),
            ("ok_rate", mean { $0.isComplete ? 1 : 0 }), ("avg_pid", mean(\.products)),
            ("avg_qty_size", mean(\.quantities)), ("avg_voucher", mean(\.voucher)), ("avg_balance", mean(\.balance)),
        ]
    }

    /// One summary for each model, in the order of their names.
    public static func summaries(of rows: [Row]) -> [Self] {
        Dictionary(grouping: rows, by: \.model).sorted { $0.key < $1.key }.compactMap { Self(model: $0, rows: $1) }
    }

    /// The average of that name.
    public func average(_ name: String) -> Double? { averages.first { $0.name == name }?.value }

    /// The summary as an object: `model`, `n` and the averages.
    public var json: JSONValue {
        var object: JSONObject = ["model": .string(model), "n": JSONValue(count)]
        for (name, value) in averages { object[name] = JSONValue(value) }
        return .object(object)
    }

    /// Whether both say the same.
    public static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    /// Feeds the whole summary to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
