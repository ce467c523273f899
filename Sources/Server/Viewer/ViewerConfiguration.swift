import Glibc
import JSON

/// How the viewer listens, and what it shows.
public struct ViewerConfiguration: Sendable {
    /// The directory with the runs, or a run's own.
    public var directory: String
    /// The address; this machine only, since whoever reaches it reads every transcript.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 0
    /// What a browser must show once, in the URL.
    public var token: String
    /// Where the indexes of runs lie whose directories cannot be written.
    public var cacheDirectory: String
    /// Who annotates, unless somebody else is named in the form.
    public var author = ""
    /// The version of gage, for the page's foot.
    public var version = ""

    /// Shows the runs of a directory, to whoever has the token.
    public init(directory: String, cacheDirectory: String, token: String = ViewerConfiguration.randomToken()) {
        self.directory = directory
        self.cacheDirectory = cacheDirectory
        self.token = token
    }

    /// A token that nobody guesses: 128 bits from the system.
    public static func randomToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// What forms carry, so that only pages of ours can send them: it cannot be turned back into the token.
    var formKey: String { String(sha256Hex(Array("form of \(token)".utf8)).prefix(32)) }
}
