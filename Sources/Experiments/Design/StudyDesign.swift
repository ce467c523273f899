public import Evaluation
public import JSON

/// What a study compares: the same tasks with the same seeds under every variant.
///
/// It is `experiment_config.json`: whoever has the design and the data can run the study again.
public struct StudyDesign: Sendable, Hashable {
    /// A task of an environment.
    public struct Task: Sendable, Hashable {
        /// The benchmark's id.
        public var id: String
        /// The sample's id in the run.
        public var sample: String

        /// Names a task.
        public init(id: String, sample: String) {
            self.id = id
            self.sample = sample
        }
    }

    /// An environment with the tasks that were selected in it.
    public struct Environment: Sendable, Hashable {
        /// The environment's name.
        public var name: String
        /// The tasks, in the order of their data set.
        public var tasks: [Task]

        /// Names an environment.
        public init(name: String, tasks: [Task]) {
            self.name = name
            self.tasks = tasks
        }
    }

    /// The study's name.
    public var name: String
    /// When it was launched, as `20260314_091500`.
    public var timestamp: String
    /// The environments.
    public var environments: [Environment]
    /// The variants, in the order asked for.
    public var variants: [StudyVariant]
    /// Attempts at each task under each variant.
    public var trials = 1
    /// Where all seeds come from.
    public var seed = 42
    /// How many workers share the work.
    public var workers = 1
    /// How much may be spent, in US dollars; nil for any amount.
    public var maxPrice: Double?
    /// Says whether the generated configuration is still the one that the study began with.
    public var configurationDigest = ""
    /// How the results are going to be analysed.
    public var analysis = AnalysisSettings()
    /// What the command line said besides, for the record.
    public var options: JSONObject = [:]

    /// Describes a study.
    public init(name: String, timestamp: String, environments: [Environment], variants: [StudyVariant]) {
        self.name = name
        self.timestamp = timestamp
        self.environments = environments
        self.variants = variants
    }

    /// How many episodes the study has.
    public var cellCount: Int {
        environments.reduce(0) { $0 + $1.tasks.count } * variants.count * trials
    }

    /// Whether the variant that others are compared with is among the variants.
    public var hasControl: Bool { variants.contains { $0.name == analysis.control } }

    /// The id of the gage task that runs an environment under a variant.
    public static func taskID(environment: String, variant: String) -> String {
        "\(fileName(environment))__\(variant)"
    }

    /// A name that any file system takes.
    static func fileName(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    }

    /// The variant of a name.
    public func variant(named name: String) -> StudyVariant? { variants.first { $0.name == name } }
}

extension StudyDesign {
    /// The design as `experiment_config.json` holds it.
    public var json: JSONValue {
        [
            "experiment_name": .string(name), "timestamp": .string(timestamp),
            "environments": .array(environments.map(\.json)), "variants": .array(variants.map(\.json)),
            "trials": JSONValue(trials), "random_seed": JSONValue(seed), "workers": JSONValue(workers),
            "max_price": maxPrice.map { JSONValue($0) } ?? .null, "cells": JSONValue(cellCount),
            "configuration_digest": .string(configurationDigest), "options": .object(options),
            "analysis_plan": analysis.json,
        ]
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is no design.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let name = json["experiment_name"]?.stringValue, let timestamp = json["timestamp"]?.stringValue,
            let environments = json["environments"]?.arrayValue, let variants = json["variants"]?.arrayValue
        else {
            throw EvaluationError(
                .dataMalformed, "experiment_config.json does not describe an experiment", cause: .configuration)
        }
        self.init(
            name: name, timestamp: timestamp, environments: environments.compactMap(Environment.init(json:)),
            variants: variants.compactMap(StudyVariant.init(json:)))
        trials = json["trials"]?.intValue ?? 1
        seed = json["random_seed"]?.intValue ?? 42
        workers = max(1, json["workers"]?.intValue ?? 1)
        maxPrice = json["max_price"]?.doubleValue
        configurationDigest = json["configuration_digest"]?.stringValue ?? ""
        options = json["options"]?.objectValue ?? [:]
        analysis = AnalysisSettings(json: json["analysis_plan"] ?? .null)
    }
}

extension StudyDesign.Environment {
    fileprivate var json: JSONValue {
        [
            "name": .string(name),
            "tasks": .array(tasks.map { ["task_id": .string($0.id), "sample_id": .string($0.sample)] }),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.stringValue else { return nil }
        let tasks = (json["tasks"]?.arrayValue ?? []).compactMap { task -> StudyDesign.Task? in
            guard let id = task["task_id"]?.stringValue, let sample = task["sample_id"]?.stringValue else { return nil }
            return StudyDesign.Task(id: id, sample: sample)
        }
        self.init(name: name, tasks: tasks)
    }
}
