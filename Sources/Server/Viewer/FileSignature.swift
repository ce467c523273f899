import Glibc

/// What tells that files have changed: their sizes and times.
struct FileSignature: Sendable, Hashable {
    private var parts: [Int64] = []

    init(_ paths: [String]) {
        for path in paths {
            var status = stat()
            guard stat(path, &status) == 0 else {
                parts.append(-1)
                continue
            }
            parts += [
                Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec),
                Int64(truncatingIfNeeded: status.st_ino),
            ]
        }
    }
}
