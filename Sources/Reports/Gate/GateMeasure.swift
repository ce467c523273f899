import Statistics

/// One number that a rule is about, and what is asked of it.
struct GateMeasure {
    /// What is known about the number.
    enum Figures {
        /// Nothing is scored.
        case nothing
        /// A mean over episodes, and the same episodes in the baseline.
        case episodes(RunScores.Row, ClusteredPairs?)
        /// A number of `summary.json`, the baseline's, and how many samples it is over.
        case aggregated(SummaryNumbers.Number, SummaryNumbers.Number?, samples: Int)
    }

    /// What is asked.
    struct Settings {
        let rule: GateRule
        let confidence: Double?
    }

    let subject: String
    let figures: Figures

    func checks(_ settings: Settings) -> [GateCheck] {
        let rule = settings.rule
        var checks: [GateCheck] = []
        if let bound = rule.minimumSamples { checks.append(samples(atLeast: bound)) }
        if let bound = rule.minimum { checks.append(level("min", bound, settings.confidence)) }
        if let bound = rule.maximum { checks.append(level("max", bound, settings.confidence)) }
        if let bound = rule.maximumDrop { checks.append(drop("max_drop", bound, settings.confidence)) }
        if let bound = rule.margin {
            checks.append(drop("non_inferiority_margin", bound, settings.confidence ?? 0.95))
        }
        return checks
    }

    private func samples(atLeast bound: Int) -> GateCheck {
        let count =
            switch figures {
            case .nothing: 0
            case .episodes(let row, _): row.sampleCount
            case .aggregated(_, _, let samples): samples
            }
        var check = GateCheck(
            "min_samples", of: subject, count >= bound ? .pass : .inconclusive,
            "\(count) samples have a value, and \(bound) are asked for")
        (check.bound, check.value) = (Double(bound), Double(count))
        return check
    }

    // MARK: - Levels

    /// Whether the number is on the right side of a limit, surely enough where a confidence is asked for.
    private func level(_ limit: String, _ bound: Double, _ confidence: Double?) -> GateCheck {
        let (value, interval): (Double, Interval?)
        switch figures {
        case .nothing: return GateCheck(limit, of: subject, .inconclusive, "no episode is scored")
        case .episodes(let row, _):
            (value, interval) = (row.mean, confidence.flatMap { row.interval(level: 2 * $0 - 1) })
        case .aggregated(let number, _, _):
            // Its ends are at 97.5 % on each side, so that they are sure enough for anything up to that.
            (value, interval) = (number.value, confidence.flatMap { $0 <= 0.975 ? number.interval : nil })
        }
        let decision = GateDecision(
            value: value, interval: interval, bound: bound, isFloor: limit == "min", confidence: confidence)
        return decision.check(limit, of: subject)
    }

    // MARK: - Changes

    private func drop(_ limit: String, _ bound: Double, _ confidence: Double?) -> GateCheck {
        let decision: GateDecision
        let text: String
        switch figures {
        case .nothing: return GateCheck(limit, of: subject, .inconclusive, "no episode is scored")
        case .aggregated(_, nil, _), .episodes(_, nil):
            return GateCheck(limit, of: subject, .inconclusive, "no episode is scored in both runs")
        case .aggregated(let number, let before?, _):
            decision = GateDecision(
                value: number.value - before.value, interval: nil, bound: -bound, isFloor: true, confidence: nil)
            text = "\(NumberText.fixed(before.value)) before, \(NumberText.fixed(number.value)) now"
        case .episodes(_, let pairs?):
            decision = GateDecision(
                value: pairs.difference, interval: confidence.flatMap { pairs.interval(level: 2 * $0 - 1) },
                bound: -bound, isFloor: true, confidence: confidence)
            text =
                "\(NumberText.fixed(pairs.firstMean)) before, \(NumberText.fixed(pairs.secondMean)) now, \(pairs.count) pairs"
        }
        var check = decision.check(limit, of: subject, said: text)
        check.bound = bound
        return check
    }
}

/// Whether a number lies on the right side of a limit: by itself, or surely.
struct GateDecision {
    let value: Double
    let interval: Interval?
    let bound: Double
    /// Whether the limit is the least that is allowed, and not the most.
    let isFloor: Bool
    let confidence: Double?

    private var verdict: GateVerdict {
        guard confidence != nil else { return (isFloor ? value >= bound : value <= bound) ? .pass : .fail }
        guard let interval else { return .inconclusive }
        if isFloor ? interval.lower >= bound : interval.upper <= bound { return .pass }
        return (isFloor ? interval.upper < bound : interval.lower > bound) ? .fail : .inconclusive
    }

    func check(_ limit: String, of subject: String, said: String? = nil) -> GateCheck {
        let verdict = verdict
        let sign = isFloor ? "≥" : "≤"
        var text = said.map { "\($0): " } ?? ""
        text += "\(NumberText.fixed(value)) \(verdict == .fail ? "is not" : "is") \(sign) \(NumberText.fixed(bound))"
        var deciding: Double?
        if let confidence {
            let level = NumberText.level(confidence)
            if let interval {
                // The end that shows what was found: the near one for a pass, the far one for a failure.
                deciding = (verdict == .fail) == isFloor ? interval.upper : interval.lower
                let ends = "\(NumberText.fixed(interval.lower)) … \(NumberText.fixed(interval.upper))"
                text =
                    (said.map { "\($0): " } ?? "") + Self.words(verdict, value, sign, bound, level)
                    + " (bounds \(ends))"
            } else {
                text = "\(NumberText.fixed(value)), and the values say nothing about others: too few, or all the same"
            }
        }
        var check = GateCheck(limit, of: subject, verdict, text)
        (check.bound, check.value, check.estimateBound, check.confidence) = (bound, value, deciding, confidence)
        return check
    }

    private static func words(
        _ verdict: GateVerdict, _ value: Double, _ sign: String, _ bound: Double, _ level: String
    ) -> String {
        let relation = "\(sign) \(NumberText.fixed(bound))"
        return switch verdict {
        case .pass: "\(NumberText.fixed(value)), surely \(relation) at \(level)"
        case .fail: "\(NumberText.fixed(value)), surely not \(relation) at \(level)"
        case .inconclusive: "\(NumberText.fixed(value)), neither surely \(relation) nor surely not at \(level)"
        }
    }
}
