import Evaluation
import FoundationEssentials

/// What the official repository holds for an instance's judge.
struct InstanceScripts: Sendable {
    /// The script that runs the tests.
    var runScript: [UInt8]
    /// The program that reads its logs.
    var parser: [UInt8]
    /// Shell lines that set the environment.
    var exports: [String]

    /// Reads them; nil where the scripts are not there.
    init?(instance: String, scripts: String, dockerfiles: String?) {
        func file(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { [UInt8]($0) } }
        func text(_ path: String) -> String { file(path).map { String(decoding: $0, as: UTF8.self) } ?? "" }
        guard Self.isPlainName(instance), let run = file("\(scripts)/\(instance)/run_script.sh"),
            let parser = file("\(scripts)/\(instance)/parser.py")
        else { return nil }
        runScript = run
        self.parser = parser
        guard let dockerfiles else {
            exports = []
            return
        }
        exports = DockerfileEnvironment.exports(
            base: text("\(dockerfiles)/base_dockerfile/\(instance)/Dockerfile"),
            instance: text("\(dockerfiles)/instance_dockerfile/\(instance)/Dockerfile"))
    }

    /// A name that stays in its folder.
    private static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && name != "." && name != ".."
    }
}
