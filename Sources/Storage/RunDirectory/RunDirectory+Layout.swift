extension RunDirectory {
    /// The names of a run directory's files.
    enum Name {
        static let lock = "run.lock"
        static let journal = "run.sqlite"
        static let shards = "shards"
    }

    /// The configuration as it was asked for, resolved, secrets redacted.
    public var configurationPath: String { "\(path)/config.yaml" }
    /// What the configuration compiled to.
    public var planPath: String { "\(path)/plan.json" }
    /// The journal; everything below is derived from it.
    public var journalPath: String { "\(path)/\(Name.journal)" }
    /// What happened, one JSON object a line.
    public var eventsPath: String { "\(path)/events.jsonl" }
    /// One line for each episode.
    public var samplesPath: String { "\(path)/samples.jsonl" }
    /// The aggregated metrics.
    public var summaryPath: String { "\(path)/summary.json" }
    /// The same for a person.
    public var reportPath: String { "\(path)/report.html" }
    /// Logs of judges and sandboxes.
    public var logsPath: String { "\(path)/logs" }
}
