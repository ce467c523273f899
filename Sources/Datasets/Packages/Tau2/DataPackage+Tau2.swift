extension DataPackage {
    /// The data of τ²-bench: domains with tasks, databases and policies, and the user simulator's guidelines.
    public static let tau2 = DataPackage(
        name: "tau2", summary: "τ²-bench: tasks, databases and policies of airline, retail and telecom",
        licence: "MIT, Sierra Research",
        sources: [
            .hub(repository: "HuggingFaceH4/tau2-bench-data", revision: "main"),
            .gitHub(repository: "sierra-research/tau2-bench", commit: "a2c024725189473d2d7cea3a5cfdbcc67478e41f"),
        ],
        destination: DataDestination(variable: "TAU2_DATA_DIR", path: "local-datasets/official/tau2"),
        editions: [.tau2], layout: Tau2Layout())
}
