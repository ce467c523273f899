extension ParetoFront {
    /// The front of evaluated policies, baselines and the policies of a sweep, by what was measured for all of them.
    public init(policies: [PolicyScores] = [], baselines: [PolicyScores], sweep: [AlphaSweep.Entry] = []) {
        let measure = SuccessMeasure.fitting(policies + baselines + sweep.map(\.scores))
        var points = policies.compactMap { ParetoPoint($0, kind: .policy, measure: measure) }
        points += baselines.compactMap { ParetoPoint($0, kind: .baseline, measure: measure) }
        points += sweep.compactMap { entry in
            var point = ParetoPoint(entry.scores, kind: .sweep, measure: measure)
            point?.alpha = entry.alpha
            return point
        }
        self.init(points, measure: measure)
    }
}
