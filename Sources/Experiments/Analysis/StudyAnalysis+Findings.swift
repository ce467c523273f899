import Reports
import Statistics

extension StudyAnalysis {
    /// Below this many tasks nothing but very large differences can be found.
    private static let smallSample = 10

    /// What stands in the way of reading the figures at their face value.
    var warnings: [String] {
        var texts: [String] = []
        if !results.missing.isEmpty {
            texts.append(
                "\(results.missing.count) of \(results.design.cellCount) planned cells have no episode; "
                    + "comparisons use the tasks that are complete under both variants.")
        }
        let errored = results.cells.count { $0.outcome == "errored" }
        if errored > 0 {
            texts.append("\(errored) episodes errored; they count neither as success nor as failure. Run them again.")
        }
        if !promptFaults.isEmpty {
            texts.append(
                "\(promptFaults.count) episodes did not have the prompt of their variant: the comparisons are void "
                    + "until this is explained. The first: \(promptFaults[0])")
        }
        for environment in environments {
            texts += warnings(of: environment)
        }
        return texts
    }

    private func warnings(of environment: EnvironmentAnalysis) -> [String] {
        let name = environment.environment
        var texts: [String] = []
        if environment.table.tasks.count < Self.smallSample {
            texts.append(
                "\(name): \(environment.table.tasks.count) tasks are too few for conclusions; plan \(Self.smallSample) "
                    + "at the very least.")
        }
        if !environment.unevenPrompts.isEmpty {
            texts.append(
                "\(name): under different variants the user had different prompts, the variant's text aside, on "
                    + "\(environment.unevenPrompts.count) tasks (\(environment.unevenPrompts.prefix(3).joined(separator: ", ")))."
            )
        }
        if !environment.table.variants.contains(settings.control) {
            texts.append("\(name): there is no variant '\(settings.control)', so nothing can be compared with it.")
        }
        let found = conversations?.environments.first { $0.name == name }
        if let found, !found.moodyTasks.isEmpty {
            let count = "\(found.moodyTasks.count) of \(environment.table.tasks.count) tasks"
            texts.append(
                "\(name): the instructions of \(count) have words of an emotion themselves, so that the control is not "
                    + "neutral there; conversations.json lists them.")
        }
        for summary in environment.summaries {
            if let share = summary.share(of: StudyEnds.turnLimit), share > 0.1 {
                texts.append(
                    "\(name): \(NumberText.percent(share)) of the dialogues of '\(summary.variant)' ran into the turn "
                        + "limit, which scores 0; repeat with a larger limit.")
            }
        }
        return texts
    }

    /// What was found, in sentences that say no more than the figures do.
    var findings: [String] { environments.flatMap(findings(in:)) }

    private func findings(in environment: EnvironmentAnalysis) -> [String] {
        let name = environment.environment
        guard environment.completeTasks > 0 else { return ["\(name): no task is complete under all variants."] }
        var texts: [String] = []
        if environment.hasVariation, let omnibus = environment.omnibus {
            texts.append(
                "\(name): \(environment.omnibusName) over \(environment.summaries.count) variants on "
                    + "\(environment.completeTasks) tasks: p \(PValueText.relation(omnibus.pValue)).")
        } else {
            texts.append("\(name): no variation: every variant came to the same on every task.")
        }
        return texts + environment.pairs.filter(\.isPlanned).map { "\(name): " + sentence(for: $0) }
    }

    private func sentence(for pair: PairedAnalysis) -> String {
        let difference = pair.difference.map { NumberText.fixed(100 * $0, digits: 1) } ?? "–"
        let interval = pair.percentile.map {
            " (95 % \(NumberText.fixed(100 * $0.lower, digits: 1)) to \(NumberText.fixed(100 * $0.upper, digits: 1)))"
        }
        var text =
            "'\(pair.variant)' against '\(pair.other)': \(difference) points\(interval ?? ""), "
            + "p (Holm) \(PValueText.relation(pair.adjusted ?? pair.pValue)) on \(pair.tasks) tasks; "
        if pair.isSignificant(settings) {
            text += "a difference."
        } else if pair.isEquivalent(settings) {
            text += "equivalent within ± \(NumberText.fixed(100 * settings.equivalenceMargin, digits: 0)) points."
        } else {
            text += "neither a difference nor equivalence is shown"
            text +=
                pair.detectable.map {
                    "; the smallest difference that these tasks find is \(NumberText.fixed(100 * $0, digits: 0)) points."
                } ?? "."
        }
        if pair.manipulation == .notDemonstrated { text += " Manipulation not demonstrated." }
        return text
    }
}

/// P values as people read them.
enum PValueText {
    /// `= 0.031` or `< 0.001`.
    static func relation(_ value: Double?) -> String {
        let text = text(value)
        return text.hasPrefix("<") ? text : "= \(text)"
    }

    static func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        if value < 0.001 { return "< 0.001" }
        return NumberText.fixed(value, digits: 3)
    }
}
