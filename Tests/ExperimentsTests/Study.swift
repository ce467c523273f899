import Evaluation
import JSON

@testable import Experiments

/// Makes the results of studies that a test describes.
enum Study {
    static func variants(_ names: [String]) -> [StudyVariant] {
        names.map { name in
            let isEmotion = !["control", "placebo"].contains(name)
            return StudyVariant(
                name: name, emotion: isEmotion ? name : nil,
                suffix: name == "control" ? "" : "\n\nCONTEXT:\nYou feel \(name), and say \"quoted \(name)\".",
                phrases: isEmotion ? ["quoted \(name)"] : [], digest: "digest of \(name)")
        }
    }

    static func design(_ variants: [String], tasks: [String: Int], trials: Int = 1) -> StudyDesign {
        let environments = tasks.sorted { $0.key < $1.key }.map { name, count in
            StudyDesign.Environment(
                name: name, tasks: (0..<count).map { StudyDesign.Task(id: "\($0)", sample: "s\($0)") })
        }
        var design = StudyDesign(
            name: "study", timestamp: "20260101_000000", environments: environments, variants: Study.variants(variants))
        design.trials = trials
        return design
    }

    /// Fills a design: nil leaves a cell out.
    static func results(
        _ design: StudyDesign, _ outcome: (StudyCell.Place) -> Bool?
    ) -> AggregatedResults {
        var results = AggregatedResults(design: design)
        for environment in design.environments {
            for task in environment.tasks {
                for variant in design.variants {
                    for trial in 0..<design.trials {
                        let place = StudyCell.Place(
                            environment: environment.name, variant: variant.name, task: task.id, trial: trial)
                        guard let isSuccess = outcome(place) else { continue }
                        var cell = StudyCell(place: place)
                        cell.reward = isSuccess ? 1 : 0
                        cell.isSuccess = isSuccess
                        results.add(cell)
                    }
                }
            }
        }
        results.finish()
        return results
    }

    /// The default settings with fewer resamples, so that tests are quick.
    static var settings: AnalysisSettings {
        var settings = AnalysisSettings()
        settings.replicates = 500
        return settings
    }
}
