/// A value that is set from outside the file: `--set backends.main.config.base_url=http://127.0.0.1:8000/v1`.
public struct ConfigurationOverride: Sendable, Hashable {
    /// Where the value goes, as `tasks[0].max_samples`.
    ///
    /// A name that meets a list names the item with that id: `backends.main.config.model`. `[*]` means every item.
    public var path: String
    /// The value, read as YAML.
    public var value: String
    /// What set it, for locations and origins: `--set`, `--max-samples`.
    public var origin: String

    /// Sets a value.
    public init(path: String, value: String, origin: String = "--set") {
        self.path = path
        self.value = value
        self.origin = origin
    }

    /// Reads `path=value`; nil when there is no `=`, or nothing before it.
    public init?(assignment: String, origin: String = "--set") {
        guard let equals = Self.separator(in: assignment), equals > assignment.startIndex else { return nil }
        self.init(
            path: String(assignment[..<equals]), value: String(assignment[assignment.index(after: equals)...]),
            origin: origin)
    }

    /// The first `=` outside a quoted name.
    private static func separator(in text: String) -> String.Index? {
        var isQuoted = false
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case "=" where !isQuoted: return index
            default: break
            }
        }
        return nil
    }
}
