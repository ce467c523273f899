public import Evaluation
import JSON

/// The images that a run's instances need, each with how many instances need it.
public struct ImageDemand: Sendable {
    /// The images in the order in which they are needed, by repository, so that what they share is pulled once.
    public var images: [String] {
        demand.sorted { ($0.value.repository, $0.key) < ($1.value.repository, $1.key) }.map(\.key)
    }
    /// How many instances there are.
    public private(set) var instances = 0
    private var demand: [String: (repository: String, count: Int)] = [:]

    /// Begins with nothing.
    public init() {}

    /// Takes a sample; one that is no instance of SWE-bench counts for nothing.
    public mutating func add(_ sample: Sample) {
        guard let image = sample.gold["image"]?.stringValue else { return }
        instances += 1
        let repository = sample.metadata["swebench"]?["repo"]?.stringValue ?? ""
        demand[image, default: (repository, 0)].count += 1
    }
}
