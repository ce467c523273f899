import JSON
import Statistics
import Testing

@testable import Experiments

@Suite("Analysis of a study")
struct StudyAnalysisTests {
    @Test("Variants that all do the same have no variation, and every p is 1")
    func noVariation() throws {
        let design = Study.design(["control", "anger", "anxiety"], tasks: ["retail": 40])
        let results = Study.results(design) { (Int($0.task) ?? 0) % 3 > 0 }
        let found = StudyAnalysis(results, settings: Study.settings).environments[0]
        #expect(!found.hasVariation)
        #expect(found.json(Study.settings).at("omnibus.note") == "no variation")
        #expect(found.json(Study.settings).at("omnibus.p_value") == .null)
        for pair in found.pairs {
            #expect(pair.pValue == 1)
            #expect(pair.adjusted == 1)
            #expect(pair.midPValue == 1)
            #expect(pair.wilcoxon == 1)
            #expect(pair.difference == 0)
            #expect(pair.standardized == nil)
            #expect(pair.corrected == nil)
            #expect(!pair.isSignificant(Study.settings))
            // No differing task among 40: a difference of ten points is ruled out.
            #expect(pair.isEquivalent(Study.settings))
        }
    }

    @Test("A known difference is found exactly, on the tasks that it is on")
    func knownDifference() throws {
        let design = Study.design(["control", "anger", "anxiety"], tasks: ["retail": 30])
        let results = Study.results(design) { place in
            let task = Int(place.task) ?? 0
            switch place.variant {
            case "anger": return task >= 12
            case "anxiety": return task != 5
            default: return task != 7
            }
        }
        let found = StudyAnalysis(results, settings: Study.settings).environments[0]
        let anger = try #require(found.pairs.first { $0.variant == "anger" })
        #expect(anger.counts?.secondOnly == 11)
        #expect(anger.counts?.firstOnly == 0)
        #expect(anger.difference == -11.0 / 30)
        #expect(abs(anger.pValue - 2.0 / 2048) < 1e-15)
        #expect(anger.adjusted == anger.pValue * 2)
        #expect(anger.isSignificant(Study.settings))
        let anxiety = try #require(found.pairs.first { $0.variant == "anxiety" })
        #expect(anxiety.pValue == 1)
        #expect(anxiety.difference == 0)
        #expect(anxiety.counts?.oddsRatio == 1)
        #expect(found.summaries.map(\.successes) == [29, 18, 29])
        #expect(found.json(Study.settings)["variant_rankings"]?.arrayValue?.last == "anger")
    }

    @Test("Several trials are compared by the tasks' means, and pass^k is told")
    func severalTrials() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 12], trials: 4)
        let results = Study.results(design) { place in
            place.variant == "control" ? place.trial != 3 : place.trial == 0
        }
        let found = StudyAnalysis(results, settings: Study.settings).environments[0]
        let pair = found.pairs[0]
        #expect(pair.counts == nil)
        #expect(pair.test == "sign-flip permutation, exact")
        #expect(pair.difference == -0.5)
        #expect(abs(pair.pValue - 2.0 / 4096) < 1e-15)
        #expect(found.omnibusName == "Friedman")
        #expect(found.summaries[0].rate == 0.75)
        #expect(found.summaries[0].passHat.map(\.value) == [0.75, 0.5, 0.25, 0])
        #expect(found.summaries[0].intervalMethod == "bootstrap over tasks")
    }

    @Test("Missing cells shrink the comparisons they are in, and are counted")
    func missingCells() throws {
        let design = Study.design(["control", "anger", "anxiety"], tasks: ["retail": 10])
        let results = Study.results(design) { place in
            place.variant == "anger" && ["0", "1", "2"].contains(place.task) ? nil : true
        }
        #expect(results.missing.count == 3)
        #expect(!results.isComplete)
        let analysis = StudyAnalysis(results, settings: Study.settings)
        let found = analysis.environments[0]
        #expect(found.completeTasks == 7)
        #expect(found.pairs.map(\.tasks) == [7, 10])
        #expect(found.pairs.map(\.plannedTasks) == [10, 10])
        #expect(analysis.warnings.contains { $0.contains("3 of 30 planned cells") })
        #expect(analysis.json["missing_cells"] == 3)
    }

    @Test("An errored episode is neither success nor failure, and its pair is left out")
    func erroredCells() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 12])
        var results = Study.results(design) { $0.variant == "anger" && $0.task == "0" ? nil : true }
        var cell = StudyCell(place: .init(environment: "retail", variant: "anger", task: "0", trial: 0))
        cell.outcome = "errored"
        cell.error = "the server fell over"
        results.add(cell)
        results.finish()
        let analysis = StudyAnalysis(results, settings: Study.settings)
        #expect(analysis.environments[0].pairs[0].tasks == 11)
        #expect(analysis.environments[0].summaries[1].errored == 1)
        #expect(analysis.environments[0].summaries[1].rate == 1)
        #expect(analysis.warnings.contains { $0.contains("1 episodes errored") })
    }

    @Test("A single task says nothing, without NaN")
    func oneTask() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 1])
        let analysis = StudyAnalysis(Study.results(design) { $0.variant == "control" }, settings: Study.settings)
        #expect(analysis.environments[0].pairs[0].pValue == 1)
        #expect(!analysis.json.text().lowercased().contains("nan"))
        #expect(analysis.warnings.contains { $0.contains("too few") })
        #expect(!(try StudyPage(analysis).html()).contains("nan"))
    }

    @Test("Without any result there is a report that says so")
    func nothing() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 3])
        let analysis = StudyAnalysis(Study.results(design) { _ in nil }, settings: Study.settings)
        #expect(analysis.findings == ["retail: no task is complete under all variants."])
        #expect(analysis.json.at("environments[0].omnibus.note") == "no complete task")
    }

    @Test("An effect in one environment only is an interaction; pooled rates are not reported")
    func interaction() throws {
        let design = Study.design(["control", "anger"], tasks: ["airline": 24, "retail": 24])
        let results = Study.results(design) { place in
            !(place.environment == "airline" && place.variant == "anger" && Int(place.task) ?? 0 < 14)
        }
        let analysis = StudyAnalysis(results, settings: Study.settings)
        let found = try #require(analysis.interactions.first)
        #expect(found.effects.map(\.difference) == [-14.0 / 24, 0])
        #expect((found.pValue ?? 1) < 0.01)
        #expect(found.contrast?.difference == -14.0 / 24)
        let even = StudyAnalysis(
            Study.results(design) { !($0.variant == "anger" && Int($0.task) ?? 0 < 14) }, settings: Study.settings)
        #expect((even.interactions[0].pValue ?? 0) > 0.9)
        #expect(analysis.json.at("cross_environment[1].retail.success_rate")?.doubleValue == 1)
    }

    @Test("Two experiments on the same tasks are compared pair by pair")
    func comparison() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 20])
        let first = Study.results(design) { !($0.variant == "anger" && Int($0.task) ?? 0 < 10) }
        let second = Study.results(design) { !($0.variant == "anger" && Int($0.task) ?? 0 < 4) }
        let comparison = StudyComparison(first, second, settings: Study.settings)
        let row = try #require(comparison.rows.first)
        #expect(row.isPaired)
        #expect(abs(row.contrast + 0.3) < 1e-12)
        #expect(row.interval.map { $0.lower < -0.3 && $0.upper > -0.3 } == true)
    }

    @Test("The older program's keys are all there")
    func olderKeys() throws {
        let design = Study.design(["control", "anger"], tasks: ["retail": 12])
        let results = Study.results(design) { $0.variant == "control" }
        let analysis = StudyAnalysis(results, settings: Study.settings)
        for key in [
            "variant_stats", "variant_rankings", "significant_differences", "recommendations", "pairwise_comparisons",
        ] {
            #expect(analysis.plainJSON[key] != nil, "\(key)")
        }
        for key in ["count", "mean_reward", "median_reward", "std_reward", "min", "max", "success_rate", "q1", "q3"] {
            #expect(analysis.plainJSON.at("variant_stats.control.\(key)") != nil, "\(key)")
        }
        for key in ["variant1", "variant2", "difference", "effect_size", "p_value", "significant"] {
            #expect(analysis.plainJSON.at("pairwise_comparisons[0].\(key)") != nil, "\(key)")
        }
        for key in [
            "experiment_name", "timestamp", "total_tasks", "variants", "environment", "summary_stats", "task_results",
        ] {
            #expect(results.json[key] != nil, "\(key)")
        }
        for key in ["count", "mean_reward", "success_rate", "max_reward", "min_reward"] {
            #expect(results.json.at("summary_stats.by_variant.anger.\(key)") != nil, "\(key)")
        }
    }
}
