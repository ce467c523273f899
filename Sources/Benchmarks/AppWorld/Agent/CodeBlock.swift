/// The program in a model's reply: the first block that says it is Python.
struct CodeBlock: Sendable, Hashable {
    /// The program; empty where there is none.
    let code: String
    /// The reply up to the block's end: what comes after it was written before the program ran.
    let kept: String

    private static let fence = "```"
    private static let opening = "```python"

    /// Takes a reply apart; a block that is not closed goes to the reply's end.
    init(_ reply: String) {
        let lines = reply.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { Self.trimmed($0) == Self.opening }) else {
            (code, kept) = ("", reply)
            return
        }
        let body = lines[(start + 1)...]
        let end = body.firstIndex { Self.trimmed($0).hasPrefix(Self.fence) }
        code = body[..<(end ?? body.endIndex)].joined(separator: "\n")
        let closed = lines[..<(end ?? lines.endIndex)] + [Self.fence[...]]
        kept = closed.joined(separator: "\n")
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }
}
