import Evaluation
import JSON

/// `appworld_preprocessor`: turns exported records into samples.
///
/// A sample is put together of what is known to be harmless, never by taking things out of the record: a field that nobody
/// thought of does not get in, wherever it stands.
struct AppWorldPreprocessor: Preprocessor {
    let parameters: PreprocessorParameters

    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        let fields = record.fields
        let facts = fields["metadata"]?[AppWorldTask.key]?.objectValue ?? [:]
        let names = [fields["task_id"], fields["id"], facts["task_id"]]
        guard let id = names.lazy.compactMap({ $0?.stringValue }).first(where: { !$0.isEmpty }) else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin): the record has no 'task_id'", cause: .task,
                advice: "export the data with `gage appworld export-datasets`")
        }
        guard AppWorldName.isTask(id) else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin): '\(id.prefix(80))' is no AppWorld task", cause: .task,
                advice: "task ids look like 82e2fac_1")
        }
        let subset = Subset(facts: facts, fields: fields, default: parameters.subset)
        var sample = Sample(id: id, messages: [.user(try Self.instruction(of: fields, origin: record.origin))])
        sample.taskType = "agent"
        // A record that says something unreadable about tools leaves the choice to the agent.
        sample.toolChoice = try? fields["tool_choice"].flatMap { try ToolChoice(json: $0) }
        sample.metadata[AppWorldTask.key] = .object(kept(id: id, subset: subset, facts: facts, fields: fields))
        return .sample(sample)
    }

    /// What a sample keeps about its task; of a test split's record nothing that could hold a text or number of anyone's.
    private func kept(id: String, subset: Subset, facts: JSONObject, fields: JSONObject) -> JSONObject {
        var kept: JSONObject = ["task_id": .string(id), "scenario": .string(Scenario.of(task: id))]
        if let name = subset.name { kept["subset"] = .string(name) }
        if let apps = Self.allowedApps(facts["allowed_apps"] ?? fields["allowed_apps"], isTest: subset.isTest) {
            kept["allowed_apps"] = .array(apps.map(JSONValue.string))
        }
        let given = [facts["experiment_name"], fields["experiment_name"]].lazy.compactMap { $0?.stringValue }
        let own = subset.isTest ? nil : given.first { !$0.isEmpty && AppWorldName.path($0) == $0 }
        if let experiment = own ?? parameters.experimentName { kept["experiment_name"] = .string(experiment) }
        let mode = facts["ground_truth_mode"]?.stringValue.flatMap { GroundTruthMode(rawValue: $0.lowercased()) }
        kept["ground_truth_mode"] = (subset.isTest ? .minimal : mode ?? parameters.groundTruthMode).json
        guard !subset.isTest else { return kept }
        for option in InitializeOption.withoutText { kept[option.key] = facts[option.key].flatMap(option.read) }
        return kept
    }

    /// The apps that a record allows, with those that every task needs; nil where it names none.
    private static func allowedApps(_ value: JSONValue?, isTest: Bool) -> [String]? {
        guard let items = value?.arrayValue else { return nil }
        let named = items.compactMap(\.stringValue).filter(AppWorldName.isApp)
        // What is no app of AppWorld's could be anything.
        if isTest, !named.allSatisfy(DataSplit.apps.contains) || named.count != items.count { return nil }
        var apps: [String] = []
        for app in named + ["api_docs", "supervisor"] where !apps.contains(app) { apps.append(app) }
        return apps
    }

    /// What the task asks for: the record's instruction, else the first thing that a user says in it.
    private static func instruction(of fields: JSONObject, origin: String) throws(EvaluationError) -> String {
        if let text = fields["instruction"]?.stringValue, text.contains(where: { !$0.isWhitespace }) { return text }
        for message in fields["messages"]?.arrayValue ?? [] where message["role"]?.stringValue == "user" {
            let content = message["content"]
            let text = content?.stringValue ?? content?.arrayValue?.lazy.compactMap { $0["text"]?.stringValue }.first
            if let text, text.contains(where: { !$0.isWhitespace }) { return text }
        }
        throw EvaluationError(.dataMalformed, "\(origin): the record has no 'instruction'", cause: .task)
    }
}

/// Which part of the data a record belongs to.
private struct Subset {
    /// The name: what the record's metadata say, else the record, else the configuration.
    let name: String?
    /// Whether any of them says that it is of a test split.
    let isTest: Bool

    init(facts: JSONObject, fields: JSONObject, default fallback: String?) {
        // What should be a name and is none is read as it stands: it may still say that this is a test split.
        let said = [facts["subset"], fields["subset"], fallback.map(JSONValue.string)].compactMap(\.self)
            .filter { !$0.isNull }.map { $0.stringValue ?? $0.text() }
        let test = said.first(where: DataSplit.isTest)
        isTest = test != nil
        // A record of a test split that calls itself something else is still one.
        name = test.map(DataSplit.testName) ?? said.map(DataSplit.normalized).first(where: AppWorldName.isApp)
    }
}
