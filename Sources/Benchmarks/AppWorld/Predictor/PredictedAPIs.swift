/// The interfaces that a model's reply names, and whether there were more.
struct PredictedAPIs: Sendable, Hashable {
    private(set) var names: [APIName] = []
    private(set) var isTruncated = false
    /// Names that the reply has and that do not exist.
    private(set) var unknown: [APIName] = []

    /// Reads a reply: a name on each line, or several with commas between them.
    ///
    /// Where it is known which interfaces there are, others are left out before they are counted.
    init(_ text: String, known: Set<String>, limit: Int) {
        for line in text.split(whereSeparator: \.isNewline) {
            for part in line.split(separator: ",") {
                let candidates = APIName.candidates(in: part)
                guard let first = candidates.first else { continue }
                guard let name = known.isEmpty ? first : candidates.first(where: { known.contains($0.text) }) else {
                    if !unknown.contains(first) { unknown.append(first) }
                    continue
                }
                guard !names.contains(name) else { continue }
                guard names.count < limit else {
                    isTruncated = true
                    return
                }
                names.append(name)
            }
        }
    }
}
