/// The parts of AppWorld's data that nobody may look into: their tasks are always run with minimal ground truth, and what an
/// evaluation says about them is not kept.
enum DataSplit {
    /// Whether a subset's name, however it is written, is that of a test split.
    ///
    /// Any name with a word that begins with `test` counts, so that a part of a test split under a name of its own does not
    /// slip through.
    static func isTest(_ name: String?) -> Bool {
        guard let name else { return false }
        return normalized(name).split { !$0.isLetter && !$0.isNumber }.contains { $0.hasPrefix("test") }
    }

    /// A subset's name in the one way in which it is written: lower case, no blanks, no dashes.
    static func normalized(_ name: String) -> String {
        String(name.lowercased().map { $0 == "-" || $0.isWhitespace ? "_" : $0 })
    }

    /// The test split that a name means, in AppWorld's own word; `test` where it means neither of the two.
    static func testName(_ name: String) -> String {
        let words = Set(normalized(name).split { !$0.isLetter && !$0.isNumber })
        return words.contains("normal") ? "test_normal" : words.contains("challenge") ? "test_challenge" : "test"
    }

    /// AppWorld's apps.
    static let apps: Set<String> = [
        "admin", "amazon", "api_docs", "file_system", "gmail", "phone", "simple_note", "splitwise", "spotify",
        "supervisor", "todoist", "venmo",
    ]
}
