import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct InterpolationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var written: String
        var value: JSONValue
        var origin: String?

        init(_ written: String, _ value: JSONValue, _ origin: String? = nil) {
            self.written = written
            self.value = value
            self.origin = origin
        }

        var testDescription: String { written }
    }

    static let environment = [
        "SEED": "7", "RATE": "0.5", "FLAG": "true", "NAME": "some name", "PADDED": "0017", "HEX": "0x1F",
        "INFINITE": ".inf", "SMALL": "1e-3", "HALF": ".5", "EMPTY": "", "WORD": "null", "BRACES": "a}b",
    ]

    static let wholes = [
        Case("${SEED}", 7, "environment SEED"),
        Case("  ${SEED}  ", 7, "environment SEED"),
        Case("${RATE}", .number("0.5"), "environment RATE"),
        Case("${FLAG}", true, "environment FLAG"),
        Case("${NAME}", "some name", "environment NAME"),
        Case("${PADDED}", 17, "environment PADDED"),
        Case("${HEX}", "0x1F", "environment HEX"),
        Case("${INFINITE}", ".inf", "environment INFINITE"),
        Case("${SMALL}", .number("1e-3"), "environment SMALL"),
        Case("${HALF}", .number("0.5"), "environment HALF"),
        Case("${WORD}", "null", "environment WORD"),
        Case("${MISSING:-300}", 300, "default of ${MISSING}"),
        Case("${MISSING:-0.0}", .number("0.0"), "default of ${MISSING}"),
        Case("${MISSING:-}", "", "default of ${MISSING}"),
        Case("${MISSING:-https://a.b/v1}", "https://a.b/v1", "default of ${MISSING}"),
        Case("${MISSING:-{}}", "{}", "default of ${MISSING}"),
        Case("${MISSING:-${SEED}}", 7, "default of ${MISSING}, environment SEED"),
        Case("${EMPTY:-used}", "used", "default of ${EMPTY}"),
        Case("${EMPTY}", "", "environment EMPTY"),
        Case("${SEED:?must be set}", 7, "environment SEED"),
        Case("${ENV.SEED}", 7, "environment SEED"),
    ]

    static let inlines = [
        Case("runs-${SEED}", "runs-7", "environment SEED"),
        Case("${SEED}${SEED}", "77", "environment SEED"),
        Case("${MISSING:-./runs}/a.json", "./runs/a.json", "default of ${MISSING}"),
        Case("${NAME} and ${MISSING:-b}", "some name and b", "environment NAME, default of ${MISSING}"),
        Case("$${SEED}", "${SEED}"),
        Case("a $${SEED} b ${SEED}", "a ${SEED} b 7", "environment SEED"),
        Case("costs 5$", "costs 5$"),
        Case("$SEED", "$SEED"),
        Case("{{ x }}", "{{ x }}"),
    ]

    @Test(arguments: wholes + inlines)
    func replaces(testCase: Case) {
        var diagnostics = Diagnostics()
        let node = interpolated(testCase.written, into: &diagnostics)
        #expect(node.json == testCase.value)
        #expect(node.origin == testCase.origin)
        #expect(diagnostics.all.isEmpty)
    }

    @Test func keepsTheTextAndWhatWasWritten() {
        var diagnostics = Diagnostics()
        let node = interpolated("${PADDED}", into: &diagnostics)
        #expect(node.text == "0017")
        #expect(node.written == "${PADDED}")
        #expect(String.decode(node, into: &diagnostics) == "0017")
        #expect(Int.decode(node, into: &diagnostics) == 17)
    }

    static let complaints = [
        (
            "${MISSING}",
            """
            f:1:4: warning: environment variable 'MISSING' is not set and has no default, so it counts as empty (at a)
                set MISSING, or write ${MISSING:-default}
            """
        ),
        ("${MISSING:?say where}", "f:1:4: error: say where (at a)\n    set MISSING"),
        ("${EMPTY:?}", "f:1:4: error: environment variable 'EMPTY' is required (at a)\n    set EMPTY"),
        (
            "${1X} b",
            """
            f:1:4: warning: '${1X} b' looks like a variable and is none, so it stays as it is (at a)
                write ${NAME} or ${NAME:-default}; write $${ for a literal ${
            """
        ),
        (
            "open ${SEED",
            """
            f:1:4: warning: '${SEED' looks like a variable and is none, so it stays as it is (at a)
                write ${NAME} or ${NAME:-default}; write $${ for a literal ${
            """
        ),
    ]

    @Test(arguments: complaints)
    func complains(written: String, report: String) {
        var diagnostics = Diagnostics()
        _ = interpolated(written, into: &diagnostics)
        #expect(diagnostics.all.map(\.description) == [report])
    }

    @Test func readsEndlessNestingAndManyOpenBracesInReasonableTime() {
        var diagnostics = Diagnostics()
        let nested = String(repeating: "${A:-", count: 400) + "x" + String(repeating: "}", count: 400)
        #expect(interpolated(nested, into: &diagnostics).string?.isEmpty == false)
        let open = String(repeating: "${", count: 20_000)
        #expect(interpolated(open, into: &diagnostics).string == open)
    }

    @Test func leavesPromptTemplatesAlone() {
        let result = Fixtures.load("tau2_one_domain")
        #expect(result.errors.isEmpty)
        #expect(result.document?.json.at("prompts[0].template")?.stringValue?.contains("${NOT_A_VARIABLE}") == true)
    }

    @Test func refusesAValueOfTheWrongType() {
        let result = Fixtures.load("tau2_one_domain", environment: ["FIXTURE_TURNS": "many"])
        #expect(
            result.errors == [
                "tau2_one_domain.yaml:103:18: error: expected whole number, found text (at role_adapters[2].params.max_turns)"
            ])
    }

    private func interpolated(_ text: String, into diagnostics: inout Diagnostics) -> ConfigNode {
        let place = SourceLocation(file: "f", line: 1, column: 4)
        let node = ConfigNode(.scalar(.string(text)), location: place, path: "a", text: text)
        return Interpolator(environment: Self.environment).node(node, into: &diagnostics)
    }
}
