import Evaluation
import FoundationEssentials
import GageConfiguration
import JSON
import YAML

/// Who plays whom and who judges, in one file for all stages.
///
/// `routes: {gen, annotators, traj, inference_traj, evaluator, classifier}`, and `backends` as in a configuration.
struct PauseRoutesFile {
    private let routes: JSONObject
    private let backends: JSONValue?
    private let path: String

    private static let keys = ["gen", "annotators", "traj", "inference_traj", "evaluator", "classifier"]

    /// Reads a file; throws ``EvaluationError``, cause `configuration`, that says what is wrong with it.
    init(path: String) throws(EvaluationError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "the routes file \(path) cannot be read", cause: .configuration,
                advice: "name a YAML file; config/pause/routes.yaml is an example")
        }
        let root: JSONValue
        do {
            root = try YAML.parse(String(decoding: data, as: UTF8.self)).json
        } catch {
            throw EvaluationError(
                .configurationInvalid, "\(path) is not YAML", cause: .configuration, underlying: error)
        }
        guard let routes = root["routes"]?.objectValue else {
            throw EvaluationError(
                .configurationInvalid, "\(path) has no mapping 'routes'", cause: .configuration,
                advice: "write routes: {traj: […], annotators: […], inference_traj: […]}")
        }
        for key in routes.keys where !Self.keys.contains(key) {
            throw EvaluationError(
                .configurationInvalid, "\(path): unknown key '\(key)' in routes", cause: .configuration,
                advice: NearMiss.advice(key, among: Self.keys))
        }
        self.routes = routes
        backends = root["backends"]
        self.path = path
    }

    /// The overrides that put a list of routes at a place; empty where the file has none.
    func overrides(_ key: String, at place: String) -> [ConfigurationOverride] {
        routes[key].map { [ConfigurationOverride(place, $0, from: path)] } ?? []
    }

    /// The overrides that put a judge at a place: `key`, or the first annotator where the file has none.
    func judgeOverrides(_ key: String, at place: String) -> [ConfigurationOverride] {
        guard let judge = (routes[key] ?? routes["annotators"]?[0])?.objectValue else { return [] }
        return judge.map { ConfigurationOverride("\(place).\($0.key)", $0.value, from: path) }
    }

    /// The overrides that declare the backends.
    var backendOverrides: [ConfigurationOverride] {
        backends.map { [ConfigurationOverride("backends", $0, from: path)] } ?? []
    }
}

extension YAMLNode {
    /// The node as JSON; a number that is not an `Int64` by its value.
    fileprivate var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .int(let number): .int(number)
        case .float(let text): Double(text).map { JSONValue($0) } ?? .string(text)
        case .string(let text): .string(text)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping:
            .object(
                JSONObject(
                    uniqueKeysWithValues: (pairs ?? []).map { ($0.name, $0.value.json) }))
        }
    }
}
