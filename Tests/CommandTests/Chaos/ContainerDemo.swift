import Glibc
import JSON
import Processes
import Testing

/// The demo of SWE-bench Pro: small instances that are judged in containers.
enum ContainerDemo {
    private static let data = "\(GageBinary.root)/local-datasets/swebench_pro_demo"

    /// Whether an engine and the demo's data are there.
    static var isThere: Bool {
        access("\(data)/instances.jsonl", R_OK) == 0 && access("/var/run/docker.sock", W_OK) == 0
    }

    static func run(
        _ id: String, in directory: String, _ more: [String], environment: [String: String] = [:]
    ) async throws -> ProcessResult {
        try await Processes.run(command(id, in: directory, more, environment: environment))
    }

    static func command(
        _ id: String, in directory: String, _ more: [String], environment: [String: String] = [:]
    ) -> ProcessCommand {
        GageBinary.command(
            ["run", "--config", "config/swebench_pro/demo.yaml", "--run-id", id, "--output-dir", directory, "-q"]
                + more, environment: environment)
    }

    /// Copies the instances' test runners; before the tests each takes so much memory, and gives up when it gets none.
    static func runner(in directory: borrowing TemporaryDirectory, takingMegabytes size: Int) async throws -> String {
        let copy = "\(directory.path)/runners"
        let script = """
            cp -r '\(data)/run_scripts' '\(copy)' &&
            sed -i '2i python3 -c "len(bytearray(\(size) << 20))" || exit 137' '\(copy)'/*/run_script.sh
            """
        let result = try await Processes.run(ProcessCommand("/bin/sh", ["-c", script]))
        #expect(result.code == 0, "\(result.complaint)")
        return copy
    }
}
