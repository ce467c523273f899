import Evaluation
import Glibc
import JSON

@testable import Sandboxes

/// What of sandboxes this machine has; what is missing is printed once, and its tests skip.
enum Availability {
    static let image = "gage-test-base:local"

    /// Whether an engine answers and has the test image.
    static let engine: Bool = {
        guard probe("curl -fs -m 10 --unix-socket /var/run/docker.sock http://localhost/images/\(image)/json") else {
            print("skipped: no Docker engine with '\(image)' here; run scripts/docker-engine and scripts/test-image")
            return false
        }
        return true
    }()

    /// Whether bubblewrap is here and works.
    static let bubblewrap: Bool = {
        guard probe("bwrap --ro-bind / / --unshare-all true") else {
            print("skipped: no bubblewrap here; install the package 'bubblewrap'")
            return false
        }
        return true
    }()

    /// Whether programs may make namespaces here.
    static let unshare: Bool = {
        guard probe("unshare --user --map-root-user --mount --net --pid --fork true") else {
            print("skipped: no user namespaces here")
            return false
        }
        return true
    }()

    private static func probe(_ command: String) -> Bool { system("\(command) >/dev/null 2>&1") == 0 }
}

/// Chat models that nobody asks.
struct NoModels: ModelProvider {
    func model(backend id: String) throws -> any ChatModel { throw Self.failure }
    func model(named name: String, parameters: JSONObject) throws -> any ChatModel { throw Self.failure }

    private static let failure = EvaluationError(.unexpected, "no models in this test", cause: .gage)
}
