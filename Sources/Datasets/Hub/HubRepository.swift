public import Evaluation

/// A data set's repository on the Hub, by its name.
public struct HubRepository: Sendable, Hashable {
    /// The name: `owner/name`, or `name` for the oldest ones.
    public let name: String

    /// Takes a name.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for what cannot be one: names become parts of URLs and paths.
    public init(_ name: String) throws(EvaluationError) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy(Self.isPart) else {
            throw EvaluationError(
                .configurationInvalid, "'\(name)' is not the name of a data set on the Hub", cause: .configuration,
                advice: "write it as owner/name")
        }
        self.name = name
    }

    /// The name as part of a path: `owner__name`.
    var folder: String { name.replacing("/", with: "__") }

    private static func isPart(_ part: Substring) -> Bool {
        !part.isEmpty && part.utf8.count <= 96 && !part.hasPrefix(".") && !part.contains("..")
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "-._".utf8.contains(byte)
                }
            }
    }
}

/// A file in a repository at one commit.
public struct HubFile: Sendable, Hashable {
    /// The path in the repository.
    public var path: String
    /// The size in bytes.
    public var size: Int
    /// The SHA-256 of the content, which the Hub knows of large files only.
    public var sha256: String?

    /// Names a file.
    public init(path: String, size: Int, sha256: String? = nil) {
        self.path = path
        self.size = size
        self.sha256 = sha256
    }
}

/// A part of a data set that the rows server can give out.
public struct HubSplit: Sendable, Hashable {
    /// The subset, which the Hub calls a configuration.
    public var subset: String
    /// The split, such as `train` or `test`.
    public var split: String
}
