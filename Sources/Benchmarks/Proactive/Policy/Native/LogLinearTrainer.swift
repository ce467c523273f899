import Glibc
import Statistics

/// Direct preference optimization of a ``LogLinearPolicy`` by stochastic gradient descent.
///
/// The loss of a pair is -log σ(β y (d(s) - d_ref(s))) with y = 1 where Clarify was preferred and -1 where Execute was:
/// exact DPO for this class of policies. The same pairs, settings and seed give the same weights.
struct LogLinearTrainer {
    let settings: TrainingSettings
    let reference: LogLinearPolicy?

    /// Trains on `pairs` and watches `heldOut`.
    func train(on pairs: [PreferencePair], heldOut: [PreferencePair]) -> (LogLinearPolicy, [TrainingPoint]) {
        let layout = StateFeatures.Layout(includesPersona: settings.rendersPersona)
        let table = PreferenceTable(pairs, layout: layout, reference: reference)
        let watched = PreferenceTable(heldOut, layout: layout, reference: reference)
        var weights = reference?.weights ?? Array(repeating: 0, count: StateFeatures.Layout.size)
        var generator = SplitMix64(seed: settings.seed)
        var order = Array(0..<table.count)
        let epochs = settings.nativeEpochs
        var curve = [point(0, weights, table, watched)]
        // Some hundred points draw a curve; more only cost time.
        let stride = max(1, (epochs + 99) / 100)
        for epoch in 0..<epochs {
            order.shuffleDeterministically(using: &generator)
            // Steps that get shorter let the weights come to rest.
            let rate = settings.nativeLearningRate / (1 + 4 * Double(epoch) / Double(epochs))
            for pair in order { step(pair, rate, table, &weights) }
            let kept = max(0, 1 - rate * settings.weightDecay)
            for place in weights.indices where weights[place] != 0 { weights[place] *= kept }
            if (epoch + 1) % stride == 0 || epoch + 1 == epochs {
                curve.append(point(epoch + 1, weights, table, watched))
            }
        }
        return (LogLinearPolicy(name: "native", layout: layout, weights: weights), curve)
    }

    private func step(_ pair: Int, _ rate: Double, _ table: PreferenceTable, _ weights: inout [Double]) {
        let sign = table.signs[pair]
        let lead = settings.beta * sign * (table.margin(pair, weights) - table.references[pair])
        table.add(pair, times: rate * settings.beta * sign * Self.sigmoid(-lead), to: &weights)
    }

    private func point(
        _ epoch: Int, _ weights: [Double], _ table: PreferenceTable, _ watched: PreferenceTable
    ) -> TrainingPoint {
        let (loss, accuracy) = measure(table, weights)
        let (heldOutLoss, heldOutAccuracy) = measure(watched, weights)
        return TrainingPoint(
            step: Double(epoch), loss: loss ?? 0, accuracy: accuracy, heldOutLoss: heldOutLoss,
            heldOutAccuracy: heldOutAccuracy)
    }

    private func measure(_ table: PreferenceTable, _ weights: [Double]) -> (loss: Double?, accuracy: Double?) {
        guard table.count > 0 else { return (nil, nil) }
        var (loss, right) = (0.0, 0)
        for pair in 0..<table.count {
            let margin = table.margin(pair, weights)
            let lead = settings.beta * table.signs[pair] * (margin - table.references[pair])
            // log(1 + e^-x), without overflow for large negative x.
            loss += max(0, -lead) + log1p(exp(-lead.magnitude))
            if (margin > 0) == (table.signs[pair] > 0) { right += 1 }
        }
        return (loss / Double(table.count), Double(right) / Double(table.count))
    }

    private static func sigmoid(_ value: Double) -> Double {
        value >= 0 ? 1 / (1 + exp(-value)) : exp(value) / (1 + exp(value))
    }
}

extension Array {
    /// Fisher and Yates' shuffle, written out so that a seed means the same order under every compiler.
    mutating func shuffleDeterministically(using generator: inout SplitMix64) {
        guard count > 1 else { return }
        for place in stride(from: count - 1, to: 0, by: -1) { swapAt(place, generator.below(place + 1)) }
    }
}
