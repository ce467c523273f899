extension ParetoFront {
    /// The front of baselines and of the policies of a sweep, by what was measured for all of them.
    public init(baselines: [PolicyScores], sweep: [AlphaSweep.Entry] = []) {
        self.init(
            baselines: baselines, sweep: sweep, measure: SuccessMeasure.fitting(baselines + sweep.map(\.scores)))
    }

    init(baselines: [PolicyScores], sweep: [AlphaSweep.Entry], measure: SuccessMeasure) {
        var points = baselines.compactMap { ParetoPoint($0, kind: .baseline, measure: measure) }
        points += sweep.compactMap { entry in
            var point = ParetoPoint(entry.scores, kind: .sweep, measure: measure)
            point?.alpha = entry.alpha
            return point
        }
        self.init(points, measure: measure)
    }
}
