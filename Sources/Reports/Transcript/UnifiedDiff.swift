/// A patch as `diff -u` and `git diff` write it, told apart by what its lines are.
public struct UnifiedDiff: Sendable, Hashable {
    /// What a line of a patch is.
    public enum Kind: String, Sendable, Hashable {
        /// The name of a file, or something else about it.
        case file
        /// Where the lines that follow stand.
        case hunk
        /// A new line.
        case added
        /// A line that is gone.
        case removed
        /// A line that stays.
        case context
    }

    /// A line of a patch.
    public struct Line: Sendable, Hashable {
        /// What it is.
        public var kind: Kind
        /// The whole line, its mark included.
        public var text: String
    }

    /// The lines.
    public let lines: [Line]
    /// The names of the changed files.
    public let files: [String]

    /// How many lines are new.
    public var added: Int { lines.count { $0.kind == .added } }
    /// How many lines are gone.
    public var removed: Int { lines.count { $0.kind == .removed } }

    /// Reads a patch; nil where the text is something else.
    public init?(_ text: String) {
        guard Self.mayBeDiff(text) else { return nil }
        var lines: [Line] = []
        var files: [String] = []
        var inHunk = false
        var hunks = 0
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = String(part)
            let kind = Self.kind(of: part, inHunk: &inHunk)
            if kind == .hunk { hunks += 1 }
            if kind == .file, line.hasPrefix("+++ ") { files.append(Self.name(line.dropFirst(4))) }
            if kind == .file, line.hasPrefix("Binary files ") { hunks += 1 }
            lines.append(Line(kind: kind, text: line))
        }
        guard hunks > 0 else { return nil }
        if lines.last?.text.isEmpty == true { lines.removeLast() }
        self.lines = lines
        self.files = files
    }

    private static func mayBeDiff(_ text: String) -> Bool {
        text.hasPrefix("diff --git ") || text.hasPrefix("--- ") || text.hasPrefix("Index: ")
    }

    private static func kind(of line: Substring, inHunk: inout Bool) -> Kind {
        if line.hasPrefix("@@ ") {
            inHunk = true
            return .hunk
        }
        if line.hasPrefix("diff --git ") || line.hasPrefix("Index: ") { inHunk = false }
        // A removed line may begin with "-- ": a header is one only outside of a hunk.
        guard inHunk else { return .file }
        switch line.utf8.first {
        case UInt8(ascii: "+"): return .added
        case UInt8(ascii: "-"): return .removed
        default: return .context
        }
    }

    private static func name(_ text: Substring) -> String {
        let name = text.prefix { $0 != "\t" }
        return String(name.hasPrefix("b/") ? name.dropFirst(2) : name)
    }
}
