import Evaluation
import JSON

/// The file of MBPP: `mbpp.jsonl`, a problem on each line.
struct MBPPLayout: DataLayout {
    private static let file = "mbpp.jsonl"
    private static let officialCount = 974

    let ownedNames = [Self.file]

    func wants(_ path: String) -> Bool { path.split(separator: "/").last == Self.file[...] }

    func isPresent(in directory: String) -> Bool { DatasetFiles.isPlainFile("\(directory)/\(Self.file)") }

    func install(from source: String, into destination: String) throws(EvaluationError) {
        guard let found = MaterialSearch.find(below: source, where: { isPresent(in: $0) }) else {
            throw EvaluationError(
                .dataMissing, "there is no \(Self.file) below '\(source)'", cause: .configuration,
                advice: "give a directory or an archive with the file of that name")
        }
        try MaterialSearch.copy("\(found)/\(Self.file)", to: "\(destination)/\(Self.file)")
    }

    func check(_ directory: String) -> DataCheck {
        var check = DataCheck()
        let path = "\(directory)/\(Self.file)"
        do {
            var reader = JSONLinesReader()
            let problems = try reader.values(in: try DatasetFiles.bytes(path))
            for (place, problem) in problems.enumerated() where !Self.isProblem(problem) {
                check.problems.append("\(path):\(place + 1) lacks text, task_id or test_list")
                if check.problems.count > 20 { break }
            }
            if problems.isEmpty { check.problems.append("\(path) has no problems") }
            check.facts.append("\(problems.count) problems with tests")
            if problems.count != Self.officialCount {
                check.notes.append("officially there are \(Self.officialCount) problems")
            }
        } catch {
            check.problems.append("\(path) cannot be read: \(error)")
        }
        return check
    }

    private static func isProblem(_ problem: JSONValue) -> Bool {
        problem["text"]?.stringValue != nil && problem["task_id"]?.intValue != nil
            && problem["test_list"]?.arrayValue?.isEmpty == false
    }
}
