@testable import Pause

/// Mean and spread of some figures.
struct Margins {
    let count: Int
    let mean: Double
    let deviation: Double
    let minimum: Double
    let maximum: Double

    init(_ values: [Double]) {
        count = values.count
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        self.mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = (squares / Double(max(values.count, 1))).squareRoot()
        minimum = values.min() ?? 0
        maximum = values.max() ?? 0
    }
}

extension Margins: CustomStringConvertible {
    var description: String {
        func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        return "mean \(short(mean)), sd \(short(deviation)), \(short(minimum)) to \(short(maximum)) (n \(count))"
    }
}

/// Some users' stores, made once for all tests of this folder.
enum SampleStores {
    static let all: [PauseStore] = (0..<40).compactMap { seed in
        do {
            return try PauseStore.build(StoreSettings(seed: 100 + seed))
        } catch {
            return nil
        }
    }
}
