public import JSON
import Reports
import Statistics

/// What so many tasks can show, reckoned before anything runs.
public struct SampleSizeEstimate: Sendable, Hashable {
    /// The tasks of one environment.
    public let tasks: Int
    /// The comparisons with the control, among which the level is divided.
    public let comparisons: Int
    /// The share of tasks on which two variants are taken to disagree.
    public let discordance: Double
    /// The smallest difference that is found with the planned power; nil when there is none.
    public let detectable: Double?
    /// How many tasks a difference of ten points needs.
    public let tasksForTenPoints: Int?

    /// Reckons for one environment of a design, one trial a task.
    public init(tasks: Int, comparisons: Int, settings: AnalysisSettings, discordance: Double = 0.25) {
        self.tasks = tasks
        self.comparisons = comparisons
        self.discordance = discordance
        let power = PowerAnalysis(
            significance: settings.significance / Double(max(1, comparisons)), power: settings.power)
        detectable = power.minimumDetectableDifference(tasks: tasks, discordance: discordance)
        tasksForTenPoints = power.tasksNeeded(difference: 0.1, discordance: discordance)
    }

    /// The estimate in a sentence.
    public var text: String {
        let found = detectable.map { "finds differences from \(NumberText.fixed(100 * $0, digits: 0)) points on" }
        let needed = tasksForTenPoints.map { "; ten points need \($0) tasks" } ?? ""
        return "\(tasks) tasks, \(comparisons) comparisons, one trial, \(NumberText.percent(discordance)) of tasks "
            + "differing: \(found ?? "too few tasks to find any difference")\(needed)"
    }

    /// The estimate as one object.
    public var json: JSONValue {
        [
            "tasks": JSONValue(tasks), "comparisons": JSONValue(comparisons), "discordance": JSONValue(discordance),
            "minimum_detectable_difference": JSONValue(optional: detectable),
            "tasks_for_ten_points": tasksForTenPoints.map { JSONValue($0) } ?? .null,
        ]
    }
}
