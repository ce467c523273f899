import Evaluation
import JSON

/// Turns relative paths that lead nowhere into those at which their file was found.
///
/// Loaders and kits read paths against one directory. A path that is not there but at another of the resolver's
/// candidates is rewritten here, so that nothing below has to know where the configuration file lies. A path that is
/// nowhere stays as it is: it may be one to be made.
struct PathRewriting: Sendable {
    let resolver: PathResolver

    /// The document with its paths rewritten; each change is noted.
    func rewrite(_ document: ConfigNode, into diagnostics: inout Diagnostics) -> ConfigNode {
        document.mapEntries { key, value in
            guard Self.sections.contains(key) else { return value }
            return rewrite(value, key: "", into: &diagnostics)
        }
    }

    private static let sections: Set<String> = ["datasets", "backends", "sandbox_profiles", "role_adapters", "metrics"]

    /// What keys of input files and directories end in.
    private static let suffixes = ["path", "paths", "_dir", "_file", "directory"]

    /// What keys of outputs and of places inside containers begin with.
    private static let foreign = ["output", "export", "cache", "download", "result", "exec_", "work", "container_"]

    private static func namesInput(_ key: String) -> Bool {
        suffixes.contains { key.hasSuffix($0) } && !foreign.contains { key.hasPrefix($0) }
    }

    private func rewrite(_ node: ConfigNode, key: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        switch node.content {
        case .mapping: node.mapEntries { rewrite($1, key: $0, into: &diagnostics) }
        case .sequence: node.mapItems { rewrite($0, key: key, into: &diagnostics) }
        case .scalar(.string(let text)) where Self.namesInput(key):
            scalar(node, text: text, into: &diagnostics)
        case .scalar: node
        }
    }

    private func scalar(_ node: ConfigNode, text: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        guard !text.isEmpty, !text.hasPrefix("/"), !text.hasPrefix("~"), !text.contains("://"),
            let base = resolver.directories.first, !ConfigurationFile.exists(PathResolver.joined(base, text)),
            let found = resolver.existing(text)
        else { return node }
        let shown = Self.relative(found, to: base)
        diagnostics.note("'\(text)' is not here; '\(shown)' is meant", at: node)
        var copy = node
        copy.content = .scalar(.string(shown))
        copy.text = shown
        copy.origin = ([node.origin].compactMap { $0 } + ["instead of \(text)"]).joined(separator: ", ")
        return copy
    }

    private static func relative(_ path: String, to base: String) -> String {
        path.hasPrefix(base + "/") ? String(path.dropFirst(base.count + 1)) : path
    }
}
