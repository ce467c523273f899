public import JSON
import Statistics

/// Everything that a study's outcomes say: `results.json`.
public struct StudyAnalysis: Sendable {
    let results: AggregatedResults
    let settings: AnalysisSettings
    var environments: [EnvironmentAnalysis]
    let interactions: [InteractionAnalysis]
    /// What the conversations say; nil where there are none to read.
    let conversations: ConversationAnalysis?

    /// Analyses an experiment's cells, with its conversations where they can be read.
    public init(_ results: AggregatedResults, settings: AnalysisSettings, conversations: ConversationAnalysis? = nil) {
        self.results = results
        self.settings = settings
        self.conversations = conversations
        environments = results.design.environments.map { EnvironmentAnalysis(results, $0, settings) }
        let tables = environments.map(\.table)
        let treated = results.design.variants.map(\.name).filter { $0 != settings.control }
        interactions = tables.count > 1 ? treated.map { InteractionAnalysis($0, tables, settings) } : []
        for place in environments.indices {
            for pair in environments[place].pairs.indices {
                let variant = environments[place].pairs[pair].variant
                environments[place].pairs[pair].manipulation =
                    conversations?.verdict(on: variant, in: environments[place].environment) ?? .notChecked
            }
        }
    }

    /// Whether every user had the prompt of its variant.
    public var promptFaults: [String] {
        results.cells.compactMap { cell in
            cell.promptFault.map {
                "\(cell.place.environment) \(cell.place.variant) task \(cell.place.task) trial \(cell.place.trial): \($0)"
            }
        }
    }

    /// The analysis as `results.json` holds it.
    public var json: JSONValue {
        [
            "experiment_name": .string(results.design.name), "timestamp": .string(results.design.timestamp),
            "complete": .bool(results.isComplete), "planned_cells": JSONValue(results.design.cellCount),
            "missing_cells": JSONValue(results.missing.count),
            "errored_cells": JSONValue(results.cells.count { $0.outcome == "errored" }),
            "duplicates_resolved": JSONValue(results.duplicates),
            "prompt_faults": .array(promptFaults.map(JSONValue.string)), "analysis_plan": settings.json,
            "environments": .array(environments.map { $0.json(settings) }),
            "cross_environment": crossEnvironment, "interactions": .array(interactions.map(\.json)),
            "manipulation_check": conversations?.manipulationJSON ?? .null,
            "warnings": .array(warnings.map(JSONValue.string)),
            "findings": .array(findings.map(JSONValue.string)),
        ]
    }

    private var crossEnvironment: JSONValue {
        .array(
            results.design.variants.map { variant in
                var row: JSONObject = ["variant": .string(variant.name)]
                for environment in environments {
                    let summary = environment.summaries.first { $0.variant == variant.name }
                    row[environment.environment] = [
                        "success_rate": JSONValue(optional: summary?.rate), "interval": JSONValue(summary?.interval),
                    ]
                }
                return .object(row)
            })
    }

    /// The analysis in the older program's keys, by environment.
    public var plainJSON: JSONValue {
        var object: JSONObject = [:]
        for environment in environments {
            let full = environment.json(settings)
            var kept: JSONObject = [:]
            for key in ["variant_stats", "variant_rankings", "significant_differences", "pairwise_comparisons"] {
                kept[key] = full[key]
            }
            kept["recommendations"] = .array(findings.map(JSONValue.string))
            object[environment.environment] = .object(kept)
        }
        return object.count == 1 ? object.first?.value ?? .null : .object(object)
    }
}
