extension DataPackage {
    /// The scripts and Dockerfiles of SWE-bench Pro, which judge its instances.
    public static let sweBenchPro = DataPackage(
        name: "swebench-pro", summary: "SWE-bench Pro: run scripts, result parsers and Dockerfiles of its instances",
        licence: "MIT, Scale AI",
        sources: [
            .gitHub(repository: "scaleapi/SWE-bench_Pro-os", commit: "ca10a60a5fcae51e6948ffe1485d4153d421e6c5")
        ],
        destination: DataDestination(variable: nil, path: "third_party/swebench_pro"),
        editions: [.sweBenchPro], layout: SWEBenchProLayout())
}

extension DataEdition {
    /// The directories of the official repository at ca10a60: digests over all their files.
    static let sweBenchPro = DataEdition(
        name: "SWE-bench Pro V1 (ca10a60)",
        files: [
            "run_scripts": "25abe664cbe8766e72d2b904d8557477adda349bece7cc48239491c85c223ed2",
            "dockerfiles": "ac276e57f416b243d79cab419bddcb5b20585eaa0ba230ab0191f9603c8e0f93",
        ])
}
