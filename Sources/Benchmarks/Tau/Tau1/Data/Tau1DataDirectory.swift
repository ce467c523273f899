public import Evaluation

/// Where the files of an environment of the original τ-bench lie.
public struct Tau1DataDirectory: Sendable, Hashable {
    /// The directory that the user named.
    public let root: String
    /// The folder with the environment's tables, tasks, policy and tools.
    public let folder: String

    /// What to do when something is missing.
    static let advice =
        "run 'gage data fetch tau-bench', or 'gage data import tau-bench --from DIR'; "
        + "'data_dir' or TAU_BENCH_DATA_DIR names another directory"
    static let files = TauFiles(advice: advice)

    /// Finds an environment's folder below a data directory.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, that says what to do.
    public init(root: String, domain: Tau1DomainName) throws(EvaluationError) {
        self.root = root
        folder = "\(root)/\(domain.rawValue)"
        let probe = "\(folder)/tools.json"
        guard TauFiles.exists(probe) else {
            throw EvaluationError(
                .dataMissing, "no τ-bench data for '\(domain.rawValue)': there is no \(probe)", cause: .configuration,
                advice: Self.advice)
        }
    }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// The displays of the few-shot agent, where the package brings some.
    public var fewShotDisplaysPath: String? {
        let path = path("few_shot.jsonl")
        return TauFiles.exists(path) ? path : nil
    }

    /// The data directory that holds where a configuration names none.
    ///
    /// The order is: what is configured, `TAU_BENCH_DATA_DIR`, and `local-datasets/official/tau-bench`; relative paths
    /// begin at `baseDirectory`.
    public static func resolve(
        _ configured: String?, environment: [String: String], baseDirectory: String
    ) -> String {
        let chosen = configured ?? environment["TAU_BENCH_DATA_DIR"] ?? "local-datasets/official/tau-bench"
        return chosen.hasPrefix("/") ? chosen : "\(baseDirectory)/\(chosen)"
    }
}
