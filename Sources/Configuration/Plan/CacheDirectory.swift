/// Where gage keeps what it can make again: below `XDG_CACHE_HOME`, or `.cache` of the home directory.
public enum CacheDirectory {
    /// The directory, as the environment says.
    public static func path(_ environment: [String: String]) -> String {
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return "\(cache)/gage" }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        return "\(home)/.cache/gage"
    }
}
