/// The revisions of the Model Context Protocol that are spoken here.
enum ProtocolVersion {
    /// All of them, oldest first.
    static let all = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
    /// The one that is asked for; a server that does not know it answers with one of its own.
    static let newest = "2025-11-25"
    /// Whether requests over HTTP name the revision in a header field.
    static func isNamedInHeaders(_ version: String) -> Bool { version >= "2025-06-18" }
}
