import Evaluation
import FoundationEssentials
import JSON

/// `swebench_pro_standardizer`: turns records of the data set into samples.
///
/// What would give the fix away goes into the sample's gold data, which no prompt and no tool reads: the fix, the hidden tests
/// and their names, and the instance's id and image, whose names hold the fix's commit. The sample's own id is a digest.
struct Standardizer: Preprocessor {
    private let parameters: StandardizerParameters
    private let filter: FirstUse<InstanceFilter>

    init(_ parameters: StandardizerParameters) {
        self.parameters = parameters
        filter = FirstUse {
            var ids = Set(parameters.ids)
            if let path = parameters.smokeIDsPath { ids.formUnion(try Self.list(at: path)) }
            return InstanceFilter(
                ids: ids.isEmpty ? nil : ids, repositories: Set(parameters.repositories.map { $0.lowercased() }),
                languages: Set(parameters.languages.map { $0.lowercased() }))
        }
    }

    /// Makes a sample.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the list of ids is missing or empty.
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        let instance = try Instance(record: record.fields, origin: record.origin)
        if let reason = try filter.value.reasonAgainst(instance) { return .dropped(reason: reason) }
        var sample = Sample(id: Self.sampleID(of: instance), messages: [.user(Self.prompt(for: instance))])
        sample.taskType = "agent"
        sample.metadata["swebench"] = [
            "repo": .string(instance.repository), "language": .string(instance.language ?? "unknown"),
            "base_commit": .string(instance.baseCommit), "edition": .string(parameters.edition.rawValue),
            "issue_categories": .array(instance.categories.map { .string($0) }),
        ]
        let image = image(of: instance)
        sample.gold[Instance.goldKey] = .object(record.fields)
        sample.gold["image"] = .string(image)
        sample.sandbox = sandbox(of: image)
        return .sample(sample)
    }

    /// A name that says the repository and gives nothing away.
    static func sampleID(of instance: Instance) -> String {
        let repository = instance.repository.split(separator: "/").joined(separator: "__")
        return "\(repository)-\(sha256Hex(Array(instance.id.utf8)).prefix(12))"
    }

    /// The image that an instance's containers are made of.
    private func image(of instance: Instance) -> String {
        if let name = instance.imageName { return name }
        if parameters.edition != .v1 { return "\(Edition.secondImageRepository):\(instance.id)" }
        let named = instance.imageTag.flatMap { $0.utf8.count <= ImageName.longestTag ? $0 : nil }
        return ImageName.uri(
            tag: named ?? ImageName.tag(instanceID: instance.id, repository: instance.repository),
            account: parameters.dockerhubUsername, registryPrefix: parameters.registryPrefix)
    }

    private func sandbox(of image: String) -> JSONObject {
        var sandbox: JSONObject = ["image": .string(image)]
        if let id = parameters.sandboxID { sandbox["sandbox_id"] = .string(id) }
        if let runtime = parameters.sandboxRuntime { sandbox["runtime"] = .string(runtime) }
        if let lifecycle = parameters.sandboxLifecycle { sandbox["lifecycle"] = .string(lifecycle) }
        return sandbox
    }

    /// What the agent is told: the issue, what else holds, and the names that hidden tests call.
    static func prompt(for instance: Instance) -> String {
        var parts = ["## Problem Statement\n\n\(instance.problemStatement)"]
        if !instance.requirements.trimmingSpaces().isEmpty {
            parts.append(
                "## Requirements\n\nA solution must meet all of the following.\n\n\(instance.requirements)")
        }
        if !instance.interface.trimmingSpaces().isEmpty {
            parts.append("## Interface Specification\n\n\(instance.interface)")
        }
        return parts.joined(separator: "\n\n")
    }

    private static func list(at path: String) throws -> Set<String> {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "the list of instances '\(path)' cannot be read", cause: .configuration,
                advice: "remove 'smoke_ids_path' to take every instance, or run `gage data fetch swebench-pro`")
        }
        return try InstanceFilter.ids(inList: String(decoding: bytes, as: UTF8.self), named: path)
    }
}
