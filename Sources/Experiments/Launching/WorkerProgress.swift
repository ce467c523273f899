import JSON

/// What a worker has reported, line by line, on its standard output.
struct WorkerProgress: Sendable, Hashable {
    private(set) var done = 0
    private(set) var tokens = 0
    private(set) var cost = 0.0

    /// Takes a line; what is no progress event is passed over.
    mutating func read(_ line: String) {
        // A line that is no JSON is output that belongs to nobody.
        guard let event = try? JSONValue.parse(line), event["event"] == "progress" else { return }
        let tasks = event["tasks"]?.arrayValue ?? []
        done = tasks.reduce(0) { $0 + ($1["done"]?.intValue ?? 0) }
        tokens = event["tokens"]?.intValue ?? tokens
        cost = event["cost_usd"]?.doubleValue ?? cost
    }

    /// Gives up what an ended process spent: the next one of the same worker counts from zero.
    mutating func settle() -> Double {
        defer { cost = 0 }
        return cost
    }
}
