extension DataPackage {
    /// The data of the first τ-bench, converted from its Python files.
    public static let tauBench = DataPackage(
        name: "tau-bench", summary: "τ-bench (the first): tasks, databases, policies and tools of retail and airline",
        licence: "MIT, Sierra",
        sources: [
            .gitHub(repository: "sierra-research/tau-bench", commit: "59a200c6d575d595120f1cb70fea53cef0632f6b")
        ],
        destination: DataDestination(variable: "TAU_BENCH_DATA_DIR", path: "local-datasets/official/tau-bench"),
        editions: [.tauBench], layout: TauBenchLayout())
}
