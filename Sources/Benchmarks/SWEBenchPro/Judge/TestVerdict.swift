/// Whether an instance's tests came out as they must.
///
/// Source: spec section 2.5. Every expected name must be among those with a `PASSED` entry; a name that also failed counts
/// as passed, which is how officially re-run tests work out. Names are compared as bytes: Swift's own comparison takes
/// different encodings of a character for the same.
struct TestVerdict: Sendable, Hashable {
    /// Whether all expected tests passed.
    let isResolved: Bool
    /// Whether they would have, with blanks and quotes in names disregarded; no official figure.
    let isResolvedLeniently: Bool
    /// Expected tests of the fix that did not pass.
    let missingFailToPass: [String]
    /// Expected other tests that did not pass.
    let missingPassToPass: [String]
    /// How many passed that nobody expected.
    let extraPassed: Int

    /// Compares a report with what an instance expects.
    init(_ report: TestReport, expecting instance: Instance) {
        let passed = Set(report.tests.lazy.filter { $0.status == "PASSED" }.map { Array($0.name.utf8) })
        let lenient = Set(passed.map(Self.simplified))
        func missing(_ names: [String]) -> [String] { names.filter { !passed.contains(Array($0.utf8)) } }
        missingFailToPass = missing(instance.failToPass)
        missingPassToPass = missing(instance.passToPass)
        isResolved = missingFailToPass.isEmpty && missingPassToPass.isEmpty
        let expected = instance.failToPass + instance.passToPass
        isResolvedLeniently = expected.allSatisfy { lenient.contains(Self.simplified(Array($0.utf8))) }
        extraPassed = passed.subtracting(expected.map { Array($0.utf8) }).count
    }

    private static func simplified(_ name: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in name where byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\"") {
            if PythonListReader.isSpace(byte) {
                if let last = result.last, last != 0x20 { result.append(0x20) }
            } else {
                result.append(byte)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return result
    }
}
