public import Evaluation
import Glibc

/// Where the files of the pipeline are: relative outputs go below `data/`, inputs are looked for there too.
public struct ProactivePaths: Sendable {
    /// The directory that relative paths start at.
    public let baseDirectory: String

    /// Starts paths at a directory.
    public init(baseDirectory: String) { self.baseDirectory = baseDirectory }

    /// Where an output goes: below `data/`, unless the path starts there or is absolute.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a place in an `external/` directory: what was downloaded
    /// is never written to.
    public func output(_ path: String) throws(EvaluationError) -> String {
        let place = path.hasPrefix("/") || Self.isBelowData(path) ? path : "data/\(Self.plain(path))"
        let names = place.split(separator: "/")
        guard !path.isEmpty, !names.isEmpty else {
            throw EvaluationError(.configurationInvalid, "an output needs a path", cause: .configuration)
        }
        guard !names.contains("external") else {
            throw EvaluationError(
                .configurationInvalid, "'\(path)' is in an 'external' directory, which is never written to",
                cause: .configuration, advice: "write to logs/, dpo/ or another directory")
        }
        return absolute(place)
    }

    /// Where an input is: at the path as given, else below `data/`.
    ///
    /// Throws ``EvaluationError`` (`data.missing`, cause `configuration`) where it is at neither. `advice` says how to
    /// get it.
    public func input(_ path: String, advice: String? = nil) throws(EvaluationError) -> String {
        let given = absolute(path)
        if access(given, R_OK) == 0 { return given }
        let below = absolute("data/\(Self.plain(path))")
        if !path.hasPrefix("/"), access(below, R_OK) == 0 { return below }
        let places = path.hasPrefix("/") || Self.isBelowData(path) ? "'\(given)'" : "'\(given)' and '\(below)'"
        throw EvaluationError(
            .dataMissing, "there is no file '\(path)' (looked for at \(places))", cause: .configuration,
            advice: advice)
    }

    /// Sees to it that an output does not replace what it is made from.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where both are one file, by whatever names.
    public static func require(_ output: String, isNot input: String) throws(EvaluationError) {
        var (first, second) = (stat(), stat())
        guard stat(output, &first) == 0, stat(input, &second) == 0 else { return }
        guard first.st_dev != second.st_dev || first.st_ino != second.st_ino else {
            throw EvaluationError(
                .configurationInvalid, "the output '\(output)' is the input itself, which would be lost",
                cause: .configuration, advice: "choose another --out")
        }
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") || baseDirectory.isEmpty ? path : "\(baseDirectory)/\(path)"
    }

    private static func isBelowData(_ path: String) -> Bool { plain(path).hasPrefix("data/") }

    private static func plain(_ path: String) -> String {
        var rest = Substring(path)
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return String(rest)
    }
}
