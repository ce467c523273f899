import Glibc
import Synchronization

/// What the chaos tests saw, fault by fault: printed as it comes, and written as a table beside the tests' build.
enum ChaosTable {
    /// Protects the rows seen so far, and sees to it that one writes the file at a time.
    private static let rows = Mutex<[(fault: String, seen: String)]>([])

    /// Where the table is written, as Markdown.
    static let path =
        GageBinary.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/") + "/chaos-table.md"

    /// Adds a row.
    static func add(_ fault: String, _ seen: String) {
        print("chaos: \(fault): \(seen)")
        rows.withLock { rows in
            rows.append((fault, seen))
            var text = "| fault | what was seen |\n| --- | --- |\n"
            for row in rows { text += "| \(row.fault) | \(row.seen) |\n" }
            // The rows are in the test's output too, so a table that cannot be written loses nothing.
            guard let file = fopen(path, "w") else { return }
            fputs(text, file)
            fclose(file)
        }
    }
}
