import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct PathTests {
    static let candidates: [(base: String, file: String?, path: String, found: [String])] = [
        ("/w", nil, "a/b", ["/w/a/b"]),
        ("/w", "c.yaml", "a", ["/w/a"]),
        ("/w", "x/c.yaml", "./a", ["/w/a", "/w/x/a"]),
        ("/w", "/p/config/t/c.yaml", "a", ["/w/a", "/p/config/t/a", "/p/a"]),
        ("/w", "../config/c.yaml", "a", ["/w/a", "/config/a", "/a"]),
        ("/w", "c.yaml", "/abs/a", ["/abs/a"]),
        ("/w", "x/c.yaml", "gage-eval-main/a", ["/w/gage-eval-main/a", "/w/x/gage-eval-main/a", "/w/a", "/w/x/a"]),
        ("/w", "c.yaml", "../a", ["/a"]),
        ("", "x/c.yaml", "a", ["a", "x/a"]),
    ]

    @Test(arguments: candidates)
    func looksInOrder(base: String, file: String?, path: String, found: [String]) {
        #expect(PathResolver(baseDirectory: base, file: file).candidates(path) == found)
    }

    @Test func aPathOfTheGuidesCheckoutIsFoundWithoutItsFirstPart() throws {
        let result = Fixtures.load("swebench")
        #expect(
            result.document?.json.at("datasets[0].params.preprocess_kwargs.smoke_ids_path") == "third_party/ids.txt")
        #expect(
            result.notes.contains(
                "swebench.yaml:38:25: note: 'gage-eval-main/third_party/ids.txt' is not here; 'third_party/ids.txt' is meant (at datasets[0].params.preprocess_kwargs.smoke_ids_path)"
            ))
    }

    @Test func aPathThatIsNowhereStaysAsItIs() {
        let json = Fixtures.load("swebench").document?.json
        #expect(
            json?.at("role_adapters[3].params.implementation_params.scripts_dir")
                == "gage-eval-main/third_party/scripts")
    }

    @Test func aPathBesideTheConfigurationIsFoundFromElsewhere() throws {
        let loader = ConfigurationLoader(registry: StandInKit.registry, environment: [:], baseDirectory: "/")
        let result = loader.load(path: "\(Fixtures.directory)/appworld_tools.yaml")
        let path = result.document?.json.at("datasets[0].params.path")?.stringValue
        #expect(path == "\(Fixtures.directory)/errands.jsonl")
        #expect(result.plan?.paths.existing("errands.jsonl") == "\(Fixtures.directory)/errands.jsonl")
    }

    @Test func aFileThatIsNotThereIsReported() {
        let result = Fixtures.load("nothing")
        #expect(result.plan == nil)
        #expect(
            result.errors == [
                "nothing.yaml:1:1: error: cannot open '\(Fixtures.directory)/nothing.yaml': No such file or directory"
            ])
    }
}
