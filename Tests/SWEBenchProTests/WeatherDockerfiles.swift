import FoundationEssentials
import GageTesting
import JSON

/// Dockerfiles of the instance `flaky` whose environment says what its test meets.
struct WeatherDockerfiles {
    private let directory: TemporaryDirectory

    var path: String { directory.path }

    init(_ weather: String) throws {
        directory = try TemporaryDirectory()
        let instance = try DemoInstances.records()["flaky"]?["instance_id"]?.stringValue ?? ""
        for (kind, line) in [("base", "FROM x"), ("instance", "ENV WEATHER=\(weather)")] {
            let folder = "\(directory.path)/\(kind)_dockerfile/\(instance)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("\(line)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/Dockerfile"))
        }
    }
}
