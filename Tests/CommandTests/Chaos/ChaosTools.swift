import Glibc

/// Programs of the machine that some chaos tests need; nil where there is none.
enum ChaosTools {
    /// A C compiler.
    static let compiler = first(of: ["/opt/swift/usr/bin/clang", "/usr/bin/clang", "/usr/bin/cc"])

    /// A Python 3, whose standard library has SQLite.
    static let python = first(of: ["/usr/bin/python3", "/usr/local/bin/python3"])

    private static func first(of paths: [String]) -> String? { paths.first { access($0, X_OK) == 0 } }
}
