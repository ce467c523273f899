/// The parts of AppWorld's data that nobody may look into: their tasks are always run with minimal ground truth, and what an
/// evaluation says about them is not kept.
enum DataSplit {
    private static let hidden: Set<String> = ["test_normal", "test_challenge"]

    /// Whether a subset's name, however it is written, is that of a test split.
    ///
    /// Any name that begins with `test` counts, so that a part of a test split under a name of its own does not slip through.
    static func isTest(_ name: String?) -> Bool {
        guard let name = name?.lowercased().filter({ !$0.isWhitespace }).replacingDashes else { return false }
        return hidden.contains(name) || name.hasPrefix("test")
    }
}

extension String {
    fileprivate var replacingDashes: String { String(map { $0 == "-" ? "_" : $0 }) }
}
