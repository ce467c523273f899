/// Where AppWorld keeps a task's outputs, by the judge's templates.
struct OutputPaths: Sendable, Hashable {
    let experiment: String
    let result: String
    let directory: String

    init(_ parameters: EvaluateParameters, task: String, experiment: String) {
        let names = ["root": parameters.root, "experiment_name": experiment, "task_id": task]
        self.experiment = experiment
        result = Self.filled(parameters.resultPath, names)
        directory = Self.filled(parameters.outputDirectory, names)
    }

    /// A template with its `{name}`s replaced; a name that is not known stays as it is.
    static func filled(_ template: String, _ names: [String: String]) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}") else { return text + rest[open...] }
            let name = String(rest[rest.index(after: open)..<close])
            text += names[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
