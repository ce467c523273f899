/// A file, directory or symbolic link on its way into or out of a sandbox.
public struct SandboxFile: Sendable, Hashable {
    /// What it is.
    public enum Content: Sendable, Hashable {
        /// A regular file with these bytes.
        case file([UInt8])
        /// A directory; what is in it stands by itself.
        case directory
        /// A symbolic link to this target, as written in it.
        case symbolicLink(String)
    }

    /// Where it is, from the directory that is copied; parts are separated by `/`, and none of them is `..`.
    public var path: String
    /// What it is.
    public var content: Content
    /// The permission bits.
    public var permissions: UInt16

    /// Names a file.
    public init(_ path: String, _ content: Content, permissions: UInt16? = nil) {
        self.path = path
        self.content = content
        self.permissions = permissions ?? (content == .directory ? 0o755 : 0o644)
    }

    /// A regular file with a text in it.
    public init(_ path: String, text: String, permissions: UInt16 = 0o644) {
        self.init(path, .file(Array(text.utf8)), permissions: permissions)
    }

    /// The bytes of a regular file; nil for anything else.
    public var bytes: [UInt8]? {
        if case .file(let bytes) = content { bytes } else { nil }
    }
}

/// How much may be copied out of a sandbox, whose content is not to be trusted.
public struct SandboxCopyLimits: Sendable, Hashable {
    /// The most bytes of all files together.
    public var bytes: Int
    /// The most files, directories and links.
    public var files: Int

    /// Allows 256 MiB in 20,000 files unless said otherwise.
    public init(bytes: Int = 256 << 20, files: Int = 20_000) {
        self.bytes = bytes
        self.files = files
    }
}

/// Why a file of a sandbox could not be read or written, though the sandbox is well.
public struct SandboxFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Reason: String, Sendable, Hashable {
        /// There is nothing at the path.
        case missing
        /// It is not a regular file, or a part of the path is not a directory.
        case wrongKind = "wrong_kind"
        /// There is more than the caller allows.
        case tooLarge = "too_large"
        /// The place cannot be written: read-only, full, or no permission.
        case notWritable = "not_writable"
        /// The path holds a NUL, is empty, or leads out of where it must stay.
        case invalidPath = "invalid_path"
    }

    /// The kind of failure.
    public var reason: Reason
    /// The path in the sandbox.
    public var path: String
    /// The details.
    public var detail: String

    /// Describes a failure.
    public init(_ reason: Reason, path: String, detail: String = "") {
        self.reason = reason
        self.path = path
        self.detail = detail
    }

    /// One line: the path, what is wrong, the details.
    public var description: String {
        let what =
            switch reason {
            case .missing: "no such file"
            case .wrongKind: "not a regular file or directory"
            case .tooLarge: "larger than allowed"
            case .notWritable: "cannot be written"
            case .invalidPath: "not a usable path"
            }
        return "\(path): \(what)" + (detail.isEmpty ? "" : " (\(detail))")
    }
}
