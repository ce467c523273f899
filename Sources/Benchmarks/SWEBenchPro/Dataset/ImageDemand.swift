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
    private var editions: Set<String> = []
    private var demand: [String: (repository: String, count: Int)] = [:]

    /// Begins with nothing.
    public init() {}

    /// Takes a sample; one that is no instance of SWE-bench counts for nothing.
    public mutating func add(_ sample: Sample) {
        guard let image = sample.gold["image"]?.stringValue else { return }
        instances += 1
        if let edition = sample.metadata["swebench"]?["edition"]?.stringValue { editions.insert(edition) }
        let repository = sample.metadata["swebench"]?["repo"]?.stringValue ?? ""
        demand[image, default: (repository, 0)].count += 1
    }

    /// What the whole edition has, where these instances are not all of it; nil where they are.
    public var incompleteness: String? {
        guard let name = editions.first, editions.count == 1, let edition = Edition(rawValue: name),
            edition.instanceCount != instances
        else { return nil }
        return "\(instances) of the \(edition.instanceCount) instances of edition \(name)"
    }
}
