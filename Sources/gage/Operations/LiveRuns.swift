import Evaluation
import JSON
import Server
import Storage
import Transport

/// The runs that go on in an output directory, found by their locks and sockets.
struct LiveRuns {
    /// A run, or one shard of it, that a process works on.
    struct Entry: Sendable {
        let directory: HeldDirectory
        /// What the run says of itself; nil where it does not answer.
        let status: JSONValue?

        /// The entry as one JSON object, whether it answers or not.
        var json: JSONValue {
            if var object = status?.objectValue {
                // The run may have been named from another directory than this one.
                object["directory"] = .string(directory.path)
                return .object(object)
            }
            return [
                "run_id": .string(directory.runID), "directory": .string(directory.path),
                "shard": directory.shard.map { .string($0.description) } ?? .null,
                "pid": directory.holder.map { JSONValue(Int($0)) } ?? .null, "state": "silent",
            ]
        }
    }

    /// What was found.
    struct Findings: Sendable {
        var entries: [Entry] = []
        /// How many sockets of killed runs were removed.
        var cleaned = 0
    }

    /// Looks at these directories; sockets of runs that nobody works on any more are removed.
    static func find(_ directories: [HeldDirectory]) async -> Findings {
        var findings = Findings()
        for directory in directories where directory.holder == nil {
            let place = ControlPlace(directory: directory.path)
            guard place.hasTraces else { continue }
            place.clean()
            findings.cleaned += 1
        }
        let live = directories.filter { $0.holder != nil }
        findings.entries = await withTaskGroup(of: (Int, Entry).self) { group in
            for (index, directory) in live.enumerated() {
                group.addTask { (index, Entry(directory: directory, status: await status(of: directory))) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return findings
    }

    private static func status(of directory: HeldDirectory) async -> JSONValue? {
        guard let path = ControlPlace(directory: directory.path).socketPath else { return nil }
        // A run that does not answer, as one that is stopped by a signal, is shown as silent.
        return try? await ControlClient(socketPath: path).status()
    }
}
