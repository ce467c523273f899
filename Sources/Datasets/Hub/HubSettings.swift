import Evaluation
import Transport

/// Which servers data come from, with which token, and where they are kept.
///
/// The environment is given as a value; nothing below reads it again.
public struct HubSettings: Sendable {
    /// The Hub: `HF_ENDPOINT`, else `https://huggingface.co`.
    public var endpoint = "https://huggingface.co"
    /// The server of data set rows: `HF_DATASETS_SERVER_ENDPOINT`, else `https://datasets-server.huggingface.co`.
    public var rowsEndpoint = "https://datasets-server.huggingface.co"
    /// Where archives of GitHub repositories come from: `GAGE_CODELOAD_ENDPOINT`, else `https://codeload.github.com`.
    public var archiveEndpoint = "https://codeload.github.com"
    /// The token, sent to the two servers of the Hub and to nobody else.
    public var token: HubToken?
    /// Whether only the cache is used: `HF_HUB_OFFLINE`.
    public var isOffline = false
    /// Where downloads are kept: `GAGE_EVAL_DATA_CACHE`, else `gage` in the user's cache directory.
    public var cacheDirectory: String

    /// Settings with the public servers.
    public init(cacheDirectory: String) { self.cacheDirectory = cacheDirectory }

    /// The settings that an environment asks for; relative paths start at the base directory.
    public init(environment: [String: String], baseDirectory: String) {
        self.init(cacheDirectory: Self.cacheDirectory(environment, baseDirectory))
        if let url = Self.address(environment["HF_ENDPOINT"]) { endpoint = url }
        if let url = Self.address(environment["HF_DATASETS_SERVER_ENDPOINT"]) { rowsEndpoint = url }
        if let url = Self.address(environment["GAGE_CODELOAD_ENDPOINT"]) { archiveEndpoint = url }
        token = HubToken.find(in: environment)
        isOffline = ["1", "on", "yes", "true"].contains(environment["HF_HUB_OFFLINE"]?.lowercased())
    }

    /// An address without the slash at its end; nil where nothing is said.
    static func address(_ text: String?) -> String? {
        guard var text, !text.isEmpty else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// Whether a URL leads to one of the servers that the token is for.
    func trustsToken(to url: String) -> Bool {
        guard let origin = URLText.origin(of: url) else { return false }
        return origin == URLText.origin(of: endpoint) || origin == URLText.origin(of: rowsEndpoint)
    }

    private static func cacheDirectory(_ environment: [String: String], _ baseDirectory: String) -> String {
        func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(baseDirectory)/\(path)" }
        if let path = environment["GAGE_EVAL_DATA_CACHE"], !path.isEmpty { return absolute(path) }
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") { return path + "/gage" }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/gage" }
        return absolute(".cache/gage")
    }
}
