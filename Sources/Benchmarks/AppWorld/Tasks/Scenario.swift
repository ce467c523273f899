/// The scenario of a task: three tasks of one scenario differ in people and details only.
enum Scenario {
    /// How many tasks each scenario of the official data has.
    static let taskCount = 3

    /// The scenario's name: what stands before the number in `82e2fac_1`; a tag after a colon does not belong to it.
    static func of(task: String) -> String {
        let plain = task.prefix { $0 != ":" }
        guard let mark = plain.lastIndex(of: "_") else { return String(plain) }
        return String(plain[..<mark])
    }
}
