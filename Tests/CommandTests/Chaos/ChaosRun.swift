import JSON
import Testing

/// What a run came to, as far as a fault may not change it: times, places and addresses are left out.
struct ChaosRun: Equatable {
    /// One line of `samples.jsonl`.
    struct Episode: Equatable {
        var id: String
        var outcome: String
        var answer: JSONValue?
        var metrics: JSONValue?
    }

    var metrics: JSONValue?
    var tasks: JSONValue?
    var outcomes: JSONValue?
    var usage: JSONValue?
    var episodes: [Episode]

    /// Reads the files of a run.
    init(_ directory: borrowing TemporaryDirectory, _ run: String) throws {
        let summary = try directory.json("\(run)/summary.json")
        metrics = summary["metrics"]
        tasks = summary["tasks"]
        outcomes = summary["outcomes"]
        // How often an attempt was repeated is what a fault does change.
        outcomes?["retries"] = nil
        usage = summary["usage"]
        episodes = try Self.lines(of: "\(run)/samples.jsonl", in: directory).map { line in
            Episode(
                id: line["sample_id"]?.stringValue ?? "", outcome: line["outcome"]?.stringValue ?? "",
                answer: line["model_output"], metrics: line["metrics"])
        }
    }

    /// A run does not have an episode twice.
    var hasEachEpisodeOnce: Bool { Set(episodes.map(\.id)).count == episodes.count }

    /// The lines of a JSONL file; one that is no JSON fails the test.
    static func lines(of name: String, in directory: borrowing TemporaryDirectory) throws -> [JSONValue] {
        try directory.text(name).split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    /// The events of this name.
    static func events(
        _ name: String, of run: String, in directory: borrowing TemporaryDirectory
    ) throws -> [JSONValue] {
        try lines(of: "\(run)/events.jsonl", in: directory).filter { $0["event"]?.stringValue == name }
    }
}
