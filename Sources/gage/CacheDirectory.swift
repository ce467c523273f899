/// Where gage keeps what it can make again: below `XDG_CACHE_HOME`, or `.cache` of the home directory.
enum CacheDirectory {
    /// The directory, as the environment says.
    static func path(_ environment: [String: String]) -> String {
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return "\(cache)/gage" }
        return "\(environment["HOME"] ?? "/tmp")/.cache/gage"
    }
}
