import JSON

/// What an instance's parser wrote: `output.json`.
struct TestReport: Sendable, Hashable {
    /// One test's result.
    struct Entry: Sendable, Hashable {
        /// The test's name, as the parser spells it.
        var name: String
        /// `PASSED`, `FAILED`, `SKIPPED` or `ERROR`.
        var status: String
    }

    /// The results, in the parser's order; a name may come twice.
    var tests: [Entry]

    /// Reads a report; nil when it is none.
    ///
    /// The bytes come from an untrusted container: depth is bounded here, size by who reads the file.
    init?(_ bytes: [UInt8]) {
        var options = JSONParsingOptions()
        options.maximumDepth = 16
        // What cannot be parsed is no report; the caller says so with the parser's log.
        guard let list = try? JSONValue.parse(bytes: bytes, options: options)["tests"]?.arrayValue else { return nil }
        var tests: [Entry] = []
        for item in list {
            guard let name = item["name"]?.stringValue, let status = item["status"]?.stringValue else { return nil }
            tests.append(Entry(name: name, status: status))
        }
        self.tests = tests
    }
}
