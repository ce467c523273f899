/// The words of an issue that files are chosen by.
struct RepositoryWords: Sendable {
    /// The text in lower case.
    private let text: String
    private let words: Set<String>

    init(_ instance: Instance, includesTests: Bool) {
        var parts = [instance.problemStatement, instance.requirements, instance.interface]
        if includesTests { parts += instance.selectedTests + instance.failToPass }
        text = parts.joined(separator: "\n").lowercased()
        words = Set(
            text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init).filter { $0.count > 3 })
    }

    /// How much a file's path has to do with the issue: most when the path is named, less when its name is, least for
    /// words that both have.
    func score(_ path: String) -> Int {
        let path = path.lowercased()
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return 0 }
        if path.contains("/"), text.contains(path) { return 1000 }
        let stem = name.split(separator: ".").first.map(String.init) ?? String(name)
        var score = name.contains(".") && text.contains(name) ? 200 : 0
        if words.contains(stem) { score += 50 }
        let pieces = Set(path.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        return score + pieces.intersection(words).count
    }
}
