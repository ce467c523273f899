extension DataPackage {
    /// The programming problems of MBPP, each with three assertions.
    public static let mbpp = DataPackage(
        name: "mbpp", summary: "MBPP: 974 short programming problems with tests, for ProactiveLLM",
        licence: "CC BY 4.0, Google Research",
        // The original stands in a repository of some gigabytes, which no archive of reasonable size has.
        sources: [
            .gitHub(repository: "deepseek-ai/DeepSeek-Coder", commit: "2f9fd85927c669dae3c0fbb2d607274023af243e")
        ],
        destination: DataDestination(variable: nil, path: "local-datasets/official/mbpp"), editions: [.mbpp],
        layout: MBPPLayout())
}

extension DataEdition {
    /// The one file of all problems.
    static let mbpp = DataEdition(
        name: "MBPP", files: ["mbpp.jsonl": "ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f"])
}
