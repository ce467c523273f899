import Evaluation
import JSON

/// What a sample says about its task, read back from the places where ``PausePreprocessor`` put it.
struct PauseSampleFacts {
    let task: PauseTask
    let place: PauseTaskPlace
    let route: PauseRoute
    let routeNumber: Int
    let isInference: Bool

    init(_ sample: Sample) throws(EvaluationError) { try self.init(sample.judgedJSON, id: sample.id) }

    /// Reads a sample as the journal has it.
    init(_ sample: JSONObject, id: String) throws(EvaluationError) {
        guard let metadata = sample["metadata"]?["pause"]?.objectValue, let path = metadata["file"]?.stringValue,
            let branch = metadata["branch"]?.stringValue, let index = metadata["index"]?.intValue,
            let route = metadata["route"].flatMap(PauseRoute.init(json:)), let gold = sample["gold"]?["pause_task"]
        else {
            throw EvaluationError(
                .dataMalformed, "sample '\(id)' is no PAUSE task", cause: .configuration,
                advice: "give its data set 'loader: pause_tasks' and 'preprocess: pause_preprocessor'")
        }
        task = try PauseTask(json: gold, branch: branch)
        place = PauseTaskPlace(path: path, branch: branch, index: index)
        self.route = route
        routeNumber = metadata["route_index"]?.intValue ?? 0
        isInference = metadata["inference"]?.boolValue ?? false
    }

    /// Whether the task is one of the shop.
    var isShopping: Bool { place.branch == PauseBranch.shopping.rawValue || task.expectedTransaction != nil }
}
