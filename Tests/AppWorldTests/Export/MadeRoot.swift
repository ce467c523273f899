import FoundationEssentials
import GageTesting
import JSON

/// An AppWorld root that a test makes, with secrets everywhere that must not leave it.
struct MadeRoot {
    /// Stands in every file and field that is no part of a data set.
    static let secret = "THE-SECRET"

    let directory: TemporaryDirectory

    var path: String { directory.path }

    /// Makes a root with these subsets and their tasks.
    init(_ subsets: [String: [String]]) throws {
        directory = try TemporaryDirectory()
        for (subset, tasks) in subsets {
            try write(tasks.map { $0 + "\n" }.joined() + "\n", at: "data/datasets/\(subset).txt")
            for task in tasks { try add(task) }
        }
    }

    /// Adds a task without listing it.
    func add(_ task: String, _ more: JSONObject = [:]) throws {
        var specs: JSONObject = [
            "instruction": .string("Do \(task), s'il vous plaît."),
            "supervisor": ["first_name": .string(Self.secret)], "datetime": .string(Self.secret),
            "db_version": .string(Self.secret), "canary_string": .string(Self.secret),
            "answer": .string(Self.secret), "ground_truth": ["answer": .string(Self.secret)],
        ]
        for (key, value) in more { specs[key] = value }
        try write(JSONValue.object(specs).text(), at: "data/tasks/\(task)/specs.json")
        for name in ["answer.json", "evaluation.py", "test_data.json", "solution.py"] {
            try write("\"\(Self.secret)\"", at: "data/tasks/\(task)/ground_truth/\(name)")
        }
    }

    /// Writes a file below the root.
    func write(_ text: String, at place: String) throws {
        let full = "\(path)/\(place)"
        let folder = full.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/\(folder)", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: full))
    }
}
