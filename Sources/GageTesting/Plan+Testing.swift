public import Evaluation
public import GageConfiguration

extension Plan {
    /// A plan of one task `task` over so many plain questions, whose agent is a closure that leaves a prediction.
    ///
    /// By default the prediction is the sample's id, and the metric `acc` is 1 for every episode with an answer.
    public static func testing(
        samples: Int, agent: ClosureAdapter = .answeringWithID,
        metric: ClosureMetric = ClosureMetric { $0.prediction?.answer == nil ? 0 : 1 }
    ) -> Plan {
        testing(loader: GeneratedLoader(count: samples), agent: agent, metric: metric)
    }

    /// A plan of one task `task` over a data set.
    public static func testing(
        loader: any DatasetLoader, agent: any RoleAdapter, judge: (any RoleAdapter)? = nil, metric: ClosureMetric
    ) -> Plan {
        let place = SourceLocation(file: "test.yaml", line: 1, column: 1)
        var task = PlannedTask(
            id: "task", dataset: PlannedDataset(id: "data", loaderKey: "generated", loader: loader), location: place)
        let agent = PlannedAdapter(id: "agent", role: .dutModel, implementationKey: "test", implementation: agent)
        task.steps = [PlannedStep(kind: .inference, adapter: agent, location: place)]
        if let judge {
            let adapter = PlannedAdapter(
                id: "judge", role: .judgeExtend, implementationKey: "test", implementation: judge)
            task.steps.append(PlannedStep(kind: .judge, adapter: adapter, location: place))
        }
        task.steps.append(PlannedStep(kind: .autoEval, adapter: nil, location: place))
        task.metrics = [
            PlannedMetric(
                id: "acc", implementationKey: "test", metric: metric, aggregationKey: "mean", aggregation: PlainMean())
        ]
        var plan = Plan(name: "test", seed: 7, baseDirectory: "/", environment: [:])
        plan.tasks = [task]
        plan.digest = "test"
        return plan
    }
}

extension ClosureAdapter {
    /// An agent whose answer is the sample's id.
    public static let answeringWithID = ClosureAdapter { episode, _ in
        episode.prediction = Prediction(answer: episode.sample.id)
    }
}
