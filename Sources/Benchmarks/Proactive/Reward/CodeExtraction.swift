/// Finds the program in what a model said.
public enum CodeExtraction {
    /// The program: the last fenced block that defines a function, else what follows the first `def`, else nil.
    ///
    /// Fenced blocks that are tests or tracebacks are passed over.
    public static func code(in text: String) -> String? {
        if let block = fencedBlocks(in: text).last(where: isProgram) { return block }
        return unfenced(in: text)
    }

    private static func isProgram(_ block: String) -> Bool {
        guard block.contains("def "), !block.contains("Traceback (most recent call last)") else { return false }
        let lines = block.split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard lines.contains(where: { $0.hasPrefix("def ") || $0.hasPrefix("async def ") }) else { return false }
        let functions = lines.filter { $0.hasPrefix("def ") || $0.hasPrefix("async def ") }
        // Only tests are defined here.
        return !functions.allSatisfy { $0.hasPrefix("def test_") }
            && !lines.contains { $0.hasPrefix("import unittest") || $0.hasPrefix("import pytest") }
    }

    /// The texts between fences that say python, py, or nothing.
    private static func fencedBlocks(in text: String) -> [String] {
        var blocks: [String] = []
        var open: [Substring]?
        var isPython = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = line.drop { $0 == " " }
            guard start.hasPrefix("```") else {
                open?.append(line)
                continue
            }
            if let lines = open {
                if isPython { blocks.append(lines.joined(separator: "\n")) }
                open = nil
            } else {
                let language = start.dropFirst(3).trimmed.lowercased()
                isPython = ["", "python", "py", "python3"].contains(language)
                open = []
            }
        }
        // A model that ran into its token limit leaves the fence open.
        if let lines = open, isPython { blocks.append(lines.joined(separator: "\n")) }
        return blocks
    }

    /// From the first line that starts with `def` to the end of its indented body, with what follows in the same manner.
    private static func unfenced(in text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("```") }
        guard let first = lines.firstIndex(where: { $0.drop(while: \.isWhitespace).hasPrefix("def ") }) else {
            return nil
        }
        let indent = lines[first].prefix { $0 == " " || $0 == "\t" }
        var body: [Substring] = [lines[first].dropFirst(indent.count)]
        for line in lines[(first + 1)...] {
            let rest = line.hasPrefix(indent) ? line.dropFirst(indent.count) : line
            let isInside = rest.first == " " || rest.first == "\t" || rest.isEmpty
            guard isInside else { break }
            body.append(rest)
        }
        while body.last?.allSatisfy(\.isWhitespace) == true { body.removeLast() }
        return body.count > 1 || body[0].contains(":") ? body.joined(separator: "\n") : nil
    }
}
