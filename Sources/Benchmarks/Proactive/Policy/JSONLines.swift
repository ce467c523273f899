import Evaluation
import JSON

/// Lines of JSON with errors that name file and line.
enum JSONLines {
    static func values(in bytes: [UInt8], of path: String) throws(EvaluationError) -> [JSONValue] {
        var reader = JSONLinesReader()
        do {
            return try reader.values(in: bytes)
        } catch {
            throw EvaluationError(
                .dataMalformed, "'\(path)' has a line that is not JSON: \(error.message)", cause: .task,
                location: SourceLocation(file: path, line: error.line, column: error.column))
        }
    }
}
