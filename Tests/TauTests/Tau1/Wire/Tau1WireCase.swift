import Evaluation
import JSON

@testable import Tau

/// A recorded official run: its settings, every request with its reply, and the result file.
struct Tau1WireCase {
    let name: String
    let json: JSONValue

    init(_ name: String) throws {
        self.name = name
        json = try TauReference.json("tau1/wire/\(name).json.gz")
    }

    /// What the loader is told.
    var loader: JSONObject {
        var parameters: JSONObject = ["env": config("env") ?? "retail"]
        for key in ["task_ids", "start_index", "end_index", "seed"] { parameters[key] = config(key) }
        parameters["split"] = config("task_split")
        parameters["shuffle"] = config("shuffle").map { .bool($0.intValue == 1) }
        return parameters
    }

    /// What the sandbox profile is told.
    var profile: JSONObject {
        var settings: JSONObject = ["user_backend_id": "user"]
        for key in ["agent_strategy", "user_strategy"] { settings[key] = config(key) }
        return settings
    }

    var trials: Int { config("num_trials")?.intValue ?? 1 }

    /// The requests of the dialogues themselves.
    ///
    /// The official command also asks the user's model whenever it makes a user, before there is an instruction.
    var exchanges: [JSONValue] {
        (json["http"]?.arrayValue ?? []).filter { exchange in
            let request = exchange["request"] ?? .null
            if request["temperature"] != nil { return true }
            return (request["messages"]?.arrayValue ?? []).contains {
                $0["content"]?.stringValue?.containsText("\n\nInstruction: ") == true
            }
        }
    }

    /// The result file; nil where the run left none.
    var results: Tau1Results? {
        get throws {
            guard let file = json["files"]?.objectValue?.first?.value else { return nil }
            return try Tau1Results(json: file)
        }
    }

    /// A number that the official command printed, after these words.
    func printed(after words: String) -> Double? {
        guard let text = json["stdout"]?.stringValue else { return nil }
        let parts = text.partsLikePython(separatedBy: words)
        guard parts.count > 1, let line = parts[1].split(separator: "\n").first else { return nil }
        return Double(line.trimmingPrefix(" "))
    }

    private func config(_ key: String) -> JSONValue? { json["config"]?[key] }
}
