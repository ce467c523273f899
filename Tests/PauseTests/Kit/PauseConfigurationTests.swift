import Evaluation
import Engine
import FoundationEssentials
import GageConfiguration
import JSON
import Testing

@testable import Pause

@Suite("PAUSE's configurations")
struct PauseConfigurationTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(4).joined(separator: "/")

    @Test(arguments: PauseConfigurations.Stage.allCases)
    func theBuiltInTextIsThatOfTheRepository(stage: PauseConfigurations.Stage) throws {
        let data = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(stage.name)"))
        #expect(String(decoding: data, as: UTF8.self) == stage.text)
    }

    @Test func theReportSaysWhatWasComparedInPlainSentences() throws {
        let statement = try #require(PauseSummary().fidelity?.statement)
        #expect(statement.hasSuffix(".") && !statement.contains("  ") && !statement.contains("\n"))
    }

    private static func load(_ path: String, _ environment: [String: String] = [:]) -> LoadResult {
        ConfigurationLoader(
            registry: Registry(kits: [BuiltinKit(), PauseKit()]), environment: environment, baseDirectory: root
        ).load(path: path)
    }

    @Test(arguments: [
        "pause/testrun", "pause/prepare", "pause/annotate", "pause/evaluate", "pause/classify", "pause_testrun",
        "pause_prepare",
    ])
    func everyShippedConfigurationIsInOrder(name: String) {
        let result = Self.load("config/\(name).yaml")
        #expect(result.diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
        #expect(result.plan != nil)
    }

    @Test(arguments: [
        ("PAUSE_ASSISTANT_MODEL", "orakle", "did you mean 'oracle'?"), ("PAUSE_USER_MODEL", "me", "rule_user"),
        ("PAUSE_BRANCH", "shoping", "did you mean 'shopping'?"),
    ])
    func aWrongWordIsRefusedWithTheOneThatWasMeant(variable: String, value: String, advice: String) {
        let result = Self.load("config/pause/testrun.yaml", [variable: value])
        #expect(result.plan == nil || result.diagnostics.hasErrors)
        #expect(result.diagnostics.all.contains { $0.advice?.contains(advice) == true }, "\(result.diagnostics.all)")
    }
}
