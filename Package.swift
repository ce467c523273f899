// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A target of ours: the house's compiler settings, and its floor's arrows spelled out.
func room(
    _ name: String, path: String? = nil, uses: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: uses, path: path ?? "Sources/\(name)", resources: resources, swiftSettings: settings)
}

func tests(of name: String, uses: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + uses,
        path: "Tests/\(name)Tests",
        exclude: [],
        swiftSettings: settings
    )
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
// What Hummingbird's own interface shows of these: channels, header fields and loggers.
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
    name: "gage",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gage", targets: ["gage"]),
        .library(name: "GageKit", targets: ["GageKit"]),
        .library(name: "GageTesting", targets: ["GageTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        // Floor 0: knows nothing of evaluation.
        .systemLibrary(
            name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CYAML", path: "Sources/CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CProcesses", path: "Sources/CProcesses"),
        room("JSON", uses: ["CCrypto"]),
        room("YAML", uses: ["CYAML"]),
        room("Threads"),
        room("Processes", uses: ["CProcesses", "Threads"]),
        room("Jinja", uses: ["JSON"]),
        room("Statistics"),
        room("Compression", uses: ["CZlib"]),
        room("Transport", uses: ["CCurl", "Threads"]),
        // Floor 1: the words.
        room("Evaluation", uses: ["JSON"]),
        // Floor 2: one capability each; they never import each other.
        // (Not `Configuration`: swift-configuration, which Hummingbird brings, has that module name.)
        room("GageConfiguration", path: "Sources/Configuration", uses: ["Evaluation", "JSON", "YAML"]),
        room("Models", uses: ["Evaluation", "JSON", "Transport", "Processes"]),
        room("Sandboxes", uses: ["Evaluation", "JSON", "Transport", "Processes", "Compression"]),
        room("Clusters", uses: ["Evaluation", "JSON", "Processes"]),
        room("MCP", uses: ["Evaluation", "JSON", "Transport", "Processes"]),
        room("Datasets", uses: ["Evaluation", "JSON", "Transport", "Compression"]),
        room("Storage", uses: ["Evaluation", "JSON", grdb]),
        // Floor 3: executes a plan.
        room(
            "Engine",
            uses: [
                "JSON", "YAML", "Processes", "Jinja", "Statistics", "Transport", "Evaluation", "GageConfiguration",
                "Models", "Datasets", "Storage",
            ]),
        // Floor 4: one kit per benchmark, and the reports.
        room(
            "Tau", path: "Sources/Benchmarks/Tau",
            uses: [
                "JSON", "YAML", "Statistics", "Evaluation", "Models", "Datasets", "Engine", "Transport", "Compression",
            ]),
        room(
            "SWEBenchPro", path: "Sources/Benchmarks/SWEBenchPro",
            uses: ["JSON", "Statistics", "Evaluation", "Datasets", "Storage", "Sandboxes", "Engine"]),
        room(
            "AppWorld", path: "Sources/Benchmarks/AppWorld",
            uses: [
                "JSON", "Statistics", "Transport", "Compression", "Evaluation", "Models", "Datasets", "Storage",
                "Sandboxes", "MCP", "Engine",
            ]),
        room(
            "Pause", path: "Sources/Benchmarks/Pause",
            uses: ["JSON", "Statistics", "Evaluation", "GageConfiguration", "Models", "Datasets", "Storage", "Engine"]),
        room(
            "Proactive", path: "Sources/Benchmarks/Proactive",
            uses: [
                "JSON", "YAML", "Statistics", "Processes", "Jinja", "Evaluation", "GageConfiguration", "Models",
                "Datasets", "Storage", "Sandboxes", "Engine",
            ],
            // The Python side of training: in the binary, so that it is there wherever the binary is.
            resources: [.embedInCode("Policy/Resources")]),
        room(
            "Reports",
            uses: ["JSON", "Statistics", "Evaluation", "GageConfiguration", "Storage", "Engine"]),
        room("Exports", uses: ["JSON", "Statistics", "Compression", "Evaluation", "Storage", "Reports"]),
        room(
            "Experiments",
            uses: [
                "JSON", "YAML", "Statistics", "Processes", "Evaluation", "GageConfiguration", "Models", "Clusters",
                "Storage", "Engine", "Reports", mustache,
            ]),
        // Floor 5.
        room(
            "Server",
            uses: [
                "JSON", "Threads", "Evaluation", "Models", "Storage", "Reports", hummingbird, nio, httpTypes, logging,
            ]),
        // Floor 6: the executable, and what other packages build on.
        room(
            "GageKit",
            uses: [
                "Evaluation", "Engine", "GageConfiguration", "Reports", "Storage", "Datasets", "Models", "Transport",
            ]),
        // The Swift example of docs/extending.md.
        .executableTarget(
            name: "LengthKitExample", dependencies: ["GageKit"], path: "docs/examples/kit",
            exclude: ["run.yaml", "questions.jsonl"], swiftSettings: settings),
        room("GageTesting", uses: ["JSON", "Evaluation", "GageConfiguration", "Models", "Engine", "Storage"]),
        .executableTarget(
            name: "gage",
            dependencies: [
                "JSON", "YAML", "Statistics", "Transport", "Evaluation", "GageConfiguration", "Models",
                "Datasets", "Storage", "Sandboxes", "Clusters", "Processes", "Engine", "Tau", "SWEBenchPro", "MCP",
                "AppWorld",
                "Pause", "Proactive", "Reports", "Exports", "Experiments", "Server", argumentParser,
            ],
            path: "Sources/gage", swiftSettings: settings),
        // Measured, not shipped: see Benchmarks/README.md.
        .executableTarget(
            name: "JSONBenchmark", dependencies: ["JSON"], path: "Benchmarks/JSONBenchmark", swiftSettings: settings),
        .executableTarget(
            name: "TransportBenchmark", dependencies: ["Transport"], path: "Benchmarks/TransportBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "ProcessesBenchmark", dependencies: ["Processes"], path: "Benchmarks/ProcessesBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "PauseBenchmark", dependencies: ["Pause", "Evaluation", "JSON"], path: "Benchmarks/PauseBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "StorageBenchmark", dependencies: ["Storage", "Evaluation", "JSON"],
            path: "Benchmarks/StorageBenchmark", swiftSettings: settings),
        .executableTarget(
            name: "CacheBenchmark", dependencies: ["Engine", "Evaluation", "GageConfiguration", "JSON", "Models"],
            path: "Benchmarks/CacheBenchmark", swiftSettings: settings),
        .executableTarget(name: "MockServer", path: "Benchmarks/MockServer"),
        // Tests.
        tests(of: "JSON"),
        tests(of: "YAML"),
        tests(of: "Processes"),
        tests(of: "Jinja", uses: ["JSON"]),
        tests(of: "Statistics", uses: ["JSON"]),
        tests(of: "Compression"),
        tests(of: "Transport"),
        tests(of: "Evaluation", uses: ["JSON"]),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["GageConfiguration", "Evaluation", "JSON"],
            path: "Tests/ConfigurationTests", swiftSettings: settings),
        tests(of: "Models", uses: ["Evaluation", "JSON", "Transport", "Processes", "Server"]),
        tests(of: "Datasets", uses: ["Evaluation", "JSON", "Transport", "Compression"]),
        tests(of: "Storage", uses: ["Evaluation", "JSON", grdb]),
        tests(of: "Engine", uses: ["Evaluation", "JSON", "Models", "Storage", "GageConfiguration", "GageTesting"]),
        tests(
            of: "Tau",
            uses: ["Compression", "Evaluation", "JSON", "Engine", "Models", "Statistics", "Storage", "GageTesting"]),
        tests(of: "Sandboxes", uses: ["Evaluation", "JSON", "Processes"]),
        tests(of: "Clusters", uses: ["Evaluation", "JSON", "Processes"]),
        tests(
            of: "SWEBenchPro",
            uses: [
                "Evaluation", "JSON", "Compression", "Datasets", "Engine", "GageConfiguration", "Models", "Sandboxes",
                "Storage", "Transport", "GageTesting",
            ]),
        tests(of: "MCP", uses: ["Evaluation", "JSON", "Processes", "Transport"]),
        tests(
            of: "AppWorld",
            uses: [
                "Evaluation", "JSON", "Datasets", "Engine", "GageConfiguration", "MCP", "Models", "Processes",
                "Sandboxes",
                "Storage", "Transport", "GageTesting",
            ]),
        tests(
            of: "Pause",
            uses: [
                "Evaluation", "JSON", "Engine", "GageConfiguration", "Models", "Statistics", "Storage", "GageTesting",
            ]),
        tests(
            of: "Proactive",
            uses: [
                "Evaluation", "JSON", "Engine", "GageConfiguration", "Models", "Processes", "Sandboxes", "Statistics",
                "Storage", "YAML", "GageTesting",
            ]),
        tests(of: "Experiments", uses: ["Evaluation", "JSON", "Statistics", "Storage", "Engine"]),
        tests(of: "Reports", uses: ["Evaluation", "JSON", "Processes", "Storage", "GageConfiguration", "GageTesting"]),
        tests(of: "Exports", uses: ["Compression", "Evaluation", "JSON", "Processes", "Storage", "GageTesting"]),
        tests(of: "Server", uses: ["Evaluation", "JSON", "Models", "Processes", "Storage", "Transport"]),
        .testTarget(
            name: "CommandTests", dependencies: ["JSON", "Processes", "Transport", "gage"], path: "Tests/CommandTests",
            swiftSettings: settings),
    ]
)
