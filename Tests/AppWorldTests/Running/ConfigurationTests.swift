import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import JSON
import Testing

@testable import AppWorld

@Suite("Configurations")
struct ConfigurationTests {
    @Test(
        "Every shipped configuration is right, and says nothing that is ignored",
        arguments: ["demo.yaml", "official_jsonl.yaml", "remote.yaml", "code_agent.yaml"])
    func shipped(name: String) throws {
        let data = try StandInRun()
        let loader = ConfigurationLoader(
            registry: StandInRun.registry, environment: [:], baseDirectory: AppWorldReference.root)
        let found = loader.load(path: "\(AppWorldReference.root)/config/appworld/\(name)")
        #expect(!found.diagnostics.hasErrors, "\(found.diagnostics.all)")
        #expect(found.plan?.tasks.isEmpty == false)
        _ = data
    }

    @Test(
        "The guide's own files are right as they are",
        .enabled(if: GuideFiles.areThere), arguments: ["appworld_official_jsonl.yaml", "appworld_agent_demo.yaml"])
    func guide(name: String) throws {
        let loader = ConfigurationLoader(
            registry: StandInRun.registry, environment: [:], baseDirectory: GuideFiles.folder)
        let found = loader.load(path: "\(GuideFiles.folder)/\(name)")
        #expect(!found.diagnostics.hasErrors, "\(found.diagnostics.all.map(\.description).joined(separator: "\n"))")
        #expect(found.plan?.tasks.count == 1)
    }
}
