import Testing

/// Every backend type against gage's mock server, in its own protocol.
@Suite struct MockedWireTests {
    private struct Case: CustomTestStringConvertible {
        var wire: MockedWire
        var check: WireCheck
        var streams: Bool

        var testDescription: String { "\(wire.rawValue)\(streams ? ", streamed" : ""): \(check.rawValue)" }
    }

    private static let cases: [Case] = MockedWire.allCases.flatMap { wire in
        WireCheck.allCases.filter { $0.exception(for: wire) == nil }.flatMap { check in
            [false, true].map { Case(wire: wire, check: check, streams: $0) }
        }
    }

    @Test(arguments: cases)
    private func theProtocolIsSpoken(checked: Case) async throws {
        try await WireChecker(wire: checked.wire, streams: checked.streams).perform(checked.check)
    }

    @Test func theTableInTheDocumentationIsWhatIsChecked() throws {
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let page = try readText("/\(path)/docs/models.md")
        #expect(page.contains(WireCheck.table), "docs/models.md should have this table:\n\(WireCheck.table)")
    }
}
