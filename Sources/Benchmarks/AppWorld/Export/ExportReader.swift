import Evaluation
import JSON

/// Reads what an export writes from a root's files.
struct ExportReader {
    /// How many specs are read at a time: the engine answers one of them in some milliseconds.
    private static let parallel = 8

    let files: any RootFiles
    let settings: AppWorldExport.Settings

    /// Reads all subsets; `image` and `root` are what the manifest says of their origin.
    func read(image: String, root: String) async throws -> ExportedContent {
        for directory in ["data/datasets", "data/tasks"] {
            guard try await files.isDirectory(directory) else {
                throw EvaluationError(
                    .dataMissing, "there is no AppWorld data in \(files.place): no folder \(root)/\(directory)",
                    cause: .configuration, advice: "say where the root with 'data' is, with --root")
            }
        }
        var content = ExportedContent(image: image, root: root, moment: .now)
        for name in settings.subsets {
            let ids = try await taskIDs(of: name, root: root)
            settings.onProgress("reading \(ids.count) tasks of \(name)")
            let records = try await records(of: ids, subset: name)
            var lines: [UInt8] = []
            for (id, record) in zip(ids, records) {
                guard let record else {
                    content.missingSpecs.append("\(root)/\(Self.specs(of: id))")
                    continue
                }
                record.write(into: &lines, style: .python)
                lines.append(UInt8(ascii: "\n"))
            }
            content.subsets.append(.init(name: name, tasks: ids.count, lines: lines))
        }
        return content
    }

    private func taskIDs(of subset: String, root: String) async throws -> [String] {
        let path = "data/datasets/\(subset).txt"
        guard AppWorldName.isTask(subset), let bytes = try await files.content(of: path) else {
            throw EvaluationError(
                .dataMissing, "\(files.place) has no list of the subset '\(subset)': \(root)/\(path)",
                cause: .configuration, advice: "nothing was written; name the subsets that it has, with --subsets")
        }
        let ids = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingBlanks }.filter { !$0.isEmpty }
        if let wrong = ids.first(where: { !AppWorldName.isTask($0) }) {
            throw EvaluationError(.dataMalformed, "'\(wrong)' in \(root)/\(path) is no name of a task", cause: .task)
        }
        return ids
    }

    /// The records in the order of the ids; nil for a task without specs.
    private func records(of ids: [String], subset: String) async throws -> [JSONValue?] {
        try await withThrowingTaskGroup(of: (Int, JSONValue?).self) { group in
            var records = [JSONValue?](repeating: nil, count: ids.count)
            var next = 0
            func start() {
                guard next < ids.count else { return }
                let place = next
                next += 1
                group.addTask { (place, try await record(of: ids[place], subset: subset)) }
            }
            for _ in 0..<Self.parallel { start() }
            for try await (place, record) in group {
                records[place] = record
                start()
            }
            return records
        }
    }

    private func record(of id: String, subset: String) async throws -> JSONValue? {
        let path = Self.specs(of: id)
        guard let bytes = try await files.content(of: path) else { return nil }
        do {
            return ExportedRecord(id: id, subset: subset, specs: try JSONValue.parse(bytes: bytes)).json
        } catch {
            throw EvaluationError(.dataMalformed, "\(path) is not JSON", cause: .task, underlying: error)
        }
    }

    private static func specs(of id: String) -> String { "data/tasks/\(id)/specs.json" }
}

/// One line of an exported subset.
struct ExportedRecord {
    var id: String
    var subset: String
    var specs: JSONValue

    /// The record: of the specs, only the instruction and the apps that the task is held to.
    var json: JSONValue {
        let instruction = specs["instruction"]?.stringValue ?? ""
        var facts: JSONObject = ["task_id": .string(id), "subset": .string(subset)]
        let apps = specs["allowed_apps"]?.arrayValue?.filter { $0.stringValue != nil } ?? []
        if !apps.isEmpty { facts["allowed_apps"] = .array(apps) }
        let text: JSONValue = ["type": "text", "text": .string(instruction)]
        return [
            "id": .string(id), "task_id": .string(id), "instruction": .string(instruction),
            "messages": [["role": "user", "content": [text]]], "metadata": ["appworld": .object(facts)],
        ]
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmingBlanks: String {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
