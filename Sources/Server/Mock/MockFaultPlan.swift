import Evaluation

/// Decides from a request's number alone how late its answer is and what goes wrong with it.
struct MockFaultPlan: Sendable {
    private let configuration: MockConfiguration
    private let seeds: SeedDerivation

    init(_ configuration: MockConfiguration) {
        self.configuration = configuration
        seeds = SeedDerivation(root: configuration.seed)
    }

    /// Seconds to wait before answering request `number`, counted from 1.
    func delay(of number: Int) -> Double {
        var milliseconds = configuration.latencyMilliseconds
        if configuration.jitterMilliseconds > 0 {
            milliseconds += draw("jitter", number) * configuration.jitterMilliseconds
        }
        return milliseconds / 1000
    }

    /// What goes wrong with request `number`.
    func faults(of number: Int) -> Set<MockFault.Kind> {
        var kinds: Set<MockFault.Kind> = []
        for (place, fault) in configuration.faults.enumerated() where !kinds.contains(fault.kind) {
            let strikes =
                switch fault.schedule {
                case .every(let count): count > 0 && number % count == 0
                case .share(let share): draw("fault \(place)", number) < share
                }
            if strikes { kinds.insert(fault.kind) }
        }
        return kinds
    }

    /// A number from 0 to 1 that follows from the seed, the purpose and the request's number.
    private func draw(_ purpose: String, _ number: Int) -> Double {
        Double(seeds.seed(for: purpose, String(number)) >> 11) * 0x1p-53
    }
}
