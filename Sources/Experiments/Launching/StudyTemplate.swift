public import Evaluation
import FoundationEssentials
public import JSON
import YAML

/// Reads the template of a study: the parts of a configuration that say which models speak.
public enum StudyTemplate {
    /// Reads a file; relative paths in it that exist beside the file, and not here, are made absolute.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it cannot be read or has sections that a study writes.
    public static func read(_ path: String) throws(EvaluationError) -> JSONObject {
        let text = try StudyFiles.read(path)
        let root: YAMLNode
        do {
            root = try YAML.parse(text)
        } catch {
            throw EvaluationError(
                .configurationInvalid, error.message, cause: .configuration,
                location: SourceLocation(file: path, line: error.mark.line, column: error.mark.column),
                advice: error.hint)
        }
        guard let pairs = root.pairs else {
            throw EvaluationError(
                .configurationInvalid, "the template '\(path)' is no mapping", cause: .configuration)
        }
        let reserved = StudyConfiguration.ownSections.filter { !["api_version", "kind", "metadata"].contains($0) }
        if let pair = pairs.first(where: { reserved.contains($0.name) }) {
            throw EvaluationError(
                .configurationInvalid, "the experiment writes the section '\(pair.name)' itself", cause: .configuration,
                location: SourceLocation(file: path, line: pair.key.start.line, column: pair.key.start.column),
                advice: "keep to 'backends', 'agent_backends', 'prompts' and 'observability' in a template")
        }
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : "."
        return resolved(root.json, key: "", folder: folder).objectValue ?? [:]
    }

    private static func resolved(_ value: JSONValue, key: String, folder: String) -> JSONValue {
        switch value {
        case .object(let object):
            var copy = object
            for (key, inner) in object { copy[key] = resolved(inner, key: key, folder: folder) }
            return .object(copy)
        case .array(let items): return .array(items.map { resolved($0, key: key, folder: folder) })
        case .string(let text) where ["path", "_dir", "_file"].contains(where: { key.hasSuffix($0) }):
            let files = FileManager.default
            guard !text.hasPrefix("/"), !files.fileExists(atPath: text), files.fileExists(atPath: "\(folder)/\(text)")
            else { return value }
            let base = folder.hasPrefix("/") ? folder : "\(files.currentDirectoryPath)/\(folder)"
            return .string("\(base)/\(text)")
        default: return value
        }
    }
}
