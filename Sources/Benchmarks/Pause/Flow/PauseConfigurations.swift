/// The configurations that `gage pause …` runs where none is named.
public enum PauseConfigurations {
    /// A stage of the benchmark that the engine runs.
    public enum Stage: String, Sendable, CaseIterable {
        /// Dialogues about tasks.
        case testrun
        /// Annotation of logs.
        case annotate
        /// Evaluation of logs.
        case evaluate
        /// Classes of errors.
        case classify

        /// Its name in messages; the same text lies there in the repository.
        public var name: String { "config/pause/\(rawValue).yaml" }

        /// Its text.
        public var text: String {
            switch self {
            case .testrun: PauseConfigurations.testrun
            case .annotate: PauseConfigurations.annotate
            case .evaluate: PauseConfigurations.evaluate
            case .classify: PauseConfigurations.classify
            }
        }
    }
}
