import Glibc

/// How many files this process may have open at a time, connections included.
enum OpenFiles {
    /// More is of no use here, and some programs take long to close every file that they might have.
    private static let enough: rlim_t = 65_536

    /// Raises the limit to what the system allows: the usual 1024 are for programs that still use `select`, and a run of a
    /// thousand episodes at once needs more.
    ///
    /// Where it cannot be raised, fewer connections are opened at a time. Programs that gage starts inherit it.
    static func raiseLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < min(enough, limit.rlim_max) else { return }
        limit.rlim_cur = min(enough, limit.rlim_max)
        _ = setrlimit(resource, &limit)
    }
}
