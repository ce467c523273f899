import Evaluation
import GageTesting
import JSON
import Sandboxes
import Testing

@testable import AppWorld

@Suite("Exporting data sets from containers", .enabled { await StandInRun.isPossible() }, .timeLimit(.minutes(2)))
struct ContainerExportTests {
    private func export(_ source: AppWorldExport.Source, root: String = "/run") async throws -> [String: [UInt8]] {
        let output = try TemporaryDirectory()
        var settings = AppWorldExport.Settings(source: source, output: output.path)
        settings.environment = StandInRun.environment
        settings.root = root
        _ = try await AppWorldExport(settings).run()
        return contents(of: output.path)
    }

    @Test("An image and a container of it give the same records, and no container stays")
    func imageAndContainer() async throws {
        let client = try await DockerClient.connect(environment: StandInRun.environment)
        let fromImage = try await export(.image(StandInRun.image))
        #expect(
            fromImage.keys.sorted() == [
                "dev.jsonl", "manifest.json", "test_challenge.jsonl", "test_normal.jsonl", "train.jsonl",
            ])
        let manifest = try JSONValue.parse(bytes: fromImage["manifest.json"] ?? [])
        #expect(manifest["image"]?.stringValue == StandInRun.image)
        #expect(manifest["records"] == ["train": 3, "dev": 3, "test_normal": 3, "test_challenge": 3])
        var specification = ContainerSpecification(image: StandInRun.image)
        specification.labels = [SandboxOwner.label: SandboxOwner.current.text]
        let name = "gage-export-test-\(UInt32.random(in: 0...UInt32.max))"
        let id = try await client.createContainer(specification, name: name)
        var fromContainer: [String: [UInt8]] = [:]
        do {
            fromContainer = try await export(.container(name))
        } catch {
            try await client.removeContainer(id)
            throw error
        }
        try await client.removeContainer(id)
        for name in fromImage.keys where name != "manifest.json" {
            #expect(fromContainer[name] == fromImage[name], "\(name)")
        }
        let mine = try await client.listContainers(labels: ["\(SandboxOwner.label)=\(SandboxOwner.current.text)"])
        #expect(!mine.contains { $0.name.hasPrefix("gage-appworld-export-") })
    }

    @Test("An image that is not here, and a root that is not in it, are the user's to mend")
    func wrongPlaces() async throws {
        for (source, root) in [
            (AppWorldExport.Source.image("gage-no-such-image:local"), "/run"),
            (.container("gage-no-such-container"), "/run"),
            (.image(StandInRun.image), "/srv"),
        ] {
            let error = await #expect(throws: EvaluationError.self) { try await export(source, root: root) }
            #expect(error?.cause == .configuration)
            #expect(error?.advice != nil)
        }
    }
}
