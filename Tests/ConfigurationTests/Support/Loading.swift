import Evaluation
import Testing

@testable import GageConfiguration

/// Where the fixtures of these tests lie.
enum Fixtures {
    static let directory: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/") + "/ConfigurationFixtures"
    }()

    static let names = [
        "tau2_one_domain", "tau2_two_domains", "appworld_tools", "appworld_judged", "swebench", "choices",
        "short_forms",
    ]

    static func load(
        _ name: String, environment: [String: String] = [:], overrides: [ConfigurationOverride] = []
    ) -> LoadResult {
        loader(environment: environment).load(path: "\(name).yaml", overrides: overrides)
    }

    static func loader(environment: [String: String] = [:]) -> ConfigurationLoader {
        ConfigurationLoader(
            registry: StandInKit.registry, environment: environment, baseDirectory: directory)
    }
}

/// The smallest pipeline, as a text to be broken.
enum Minimal {
    static let text = """
        api_version: gage/v1
        kind: PipelineConfig
        datasets:
          - dataset_id: data
            loader: jsonl
            params:
              path: errands.jsonl
        backends:
          - backend_id: echo
            type: dummy
        role_adapters:
          - adapter_id: dut
            role_type: dut_model
            backend_id: echo
        metrics:
          - latency
        tasks:
          - task_id: all
            dataset_id: data
            steps:
              - step: inference
                adapter_id: dut
              - step: auto_eval

        """

    /// The text with a piece replaced; the piece has to be there.
    static func replacing(_ old: String, _ new: String) throws -> String {
        let range = try #require(text.firstRange(of: old), "the minimal pipeline has no '\(old)'")
        return text.replacingCharacters(range, new)
    }

    static func load(
        _ text: String, environment: [String: String] = [:], overrides: [String] = []
    ) throws -> LoadResult {
        let parsed = try overrides.map { try #require(ConfigurationOverride(assignment: $0)) }
        return Fixtures.loader(environment: environment).load(text: text, file: "c.yaml", overrides: parsed)
    }
}

extension String {
    fileprivate func firstRange(of piece: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(piece) { return start..<index(start, offsetBy: piece.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func replacingCharacters(_ range: Range<Index>, _ piece: String) -> String {
        String(self[..<range.lowerBound]) + piece + String(self[range.upperBound...])
    }
}

extension LoadResult {
    /// The errors, one text each.
    var errors: [String] { texts(.error) }
    /// The warnings, one text each.
    var warnings: [String] { texts(.warning) }
    /// The notes, one text each.
    var notes: [String] { texts(.note) }

    private func texts(_ severity: Diagnostic.Severity) -> [String] {
        diagnostics.all.filter { $0.severity == severity }.map(\.description)
    }
}
