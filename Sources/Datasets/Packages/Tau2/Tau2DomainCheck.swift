import Evaluation
import JSON

/// Looks at one domain of τ²-bench: files, tasks, splits.
struct Tau2DomainCheck {
    let name: String
    let folder: String
    let officialCount: Int

    func run(into check: inout DataCheck) {
        for alternatives in neededFiles where !alternatives.contains(where: { (size($0) ?? 0) > 0 }) {
            check.problems.append("\(name): \(alternatives.joined(separator: " or ")) is missing or empty")
        }
        if size("db.json") != nil, json("db.json", &check)?.objectValue == nil {
            check.problems.append("\(name): db.json is no JSON object")
        }
        guard let value = json("tasks.json", &check), let tasks = value.arrayValue ?? value["tasks"]?.arrayValue else {
            check.problems.append("\(name): tasks.json has no list of tasks")
            return
        }
        let identifiers = tasks.compactMap { $0["id"]?.stringValue }
        if identifiers.count != tasks.count { check.problems.append("\(name): a task has no id") }
        if Set(identifiers).count != identifiers.count { check.problems.append("\(name): two tasks have one id") }
        let splits = splits(of: Set(identifiers), &check)
        check.facts.append("\(name): \(tasks.count) tasks\(splits.isEmpty ? "" : " (\(splits))")")
        if tasks.count != officialCount { check.notes.append("\(name): officially it has \(officialCount) tasks") }
    }

    /// The splits in words; every task that they name has to exist.
    private func splits(of known: Set<String>, _ check: inout DataCheck) -> String {
        guard size("split_tasks.json") != nil else {
            check.notes.append("\(name): split_tasks.json is missing; all tasks are in 'base'")
            return ""
        }
        guard let splits = json("split_tasks.json", &check)?.objectValue else {
            check.problems.append("\(name): split_tasks.json is no JSON object")
            return ""
        }
        var words: [String] = []
        for (split, members) in splits {
            let tasks = (members.arrayValue ?? []).compactMap { $0.stringValue ?? $0.intValue.map { String($0) } }
            if let stranger = tasks.first(where: { !known.contains($0) }) {
                check.problems.append("\(name): the split '\(split)' has a task '\(stranger)' that there is not")
            }
            if Set(tasks).count != tasks.count {
                check.problems.append("\(name): the split '\(split)' has a task twice")
            }
            words.append("\(split) \(tasks.count)")
        }
        return words.joined(separator: ", ")
    }

    private var neededFiles: [[String]] {
        name == "telecom"
            ? [["db.toml"], ["user_db.toml"], ["main_policy.md"], ["tech_support_manual.md"]]
            : [["db.json"], ["policy.md"]]
    }

    private func size(_ file: String) -> Int? { DatasetFiles.size("\(folder)/\(file)") }

    private func json(_ file: String, _ check: inout DataCheck) -> JSONValue? {
        do {
            return try DatasetFiles.json("\(folder)/\(file)")
        } catch {
            check.problems.append("\(name): \(error.message)")
            return nil
        }
    }
}
