import Evaluation
import Transport

/// Waits until a container's services answer.
struct Readiness {
    private let sandbox: DockerSandbox
    private let settings: ReadinessSettings

    init(_ sandbox: DockerSandbox) {
        self.sandbox = sandbox
        settings = sandbox.plan.profile.settings.readiness
    }

    /// Returns when everything answers; throws ``EvaluationError`` when time is up or the container has ended.
    func wait() async throws {
        let deadline = ContinuousClock.now + .bounded(seconds: settings.timeout)
        for url in settings.endpoints { try await wait(for: url, until: deadline) { _ in true } }
        for port in settings.ports {
            try await wait(for: "http://127.0.0.1:\(port)", until: deadline) { _ in true }
        }
        for url in settings.httpEndpoints { try await wait(for: url, until: deadline) { $0 < 500 } }
    }

    private func wait(
        for address: String, until deadline: ContinuousClock.Instant, _ isFine: (Int) -> Bool
    ) async throws {
        let url = sandbox.outerAddress(address.contains("://") ? address : "http://\(address)")
        while true {
            let problem: String
            switch await answer(url) {
            case .success(let status) where isFine(status): return
            case .success(let status): problem = "status \(status)"
            case .failure(let error): problem = error.message
            }
            try Task.checkCancellation()
            let found = try await sandbox.client.inspectContainer(sandbox.id)
            guard found.isRunning else { throw try await sandbox.ended(found) }
            guard .now < deadline else {
                let printed = try await sandbox.client.logs(of: sandbox.id, lastLines: 10)
                throw EvaluationError(
                    .sandboxNotReady,
                    "\(url) in \(sandbox.identifier) did not answer within \(settings.timeout) s: \(problem); "
                        + "its last output: \(printed.suffix(2000))",
                    cause: .sandbox, retry: .worthwhile, advice: "raise 'startup_timeout_s', or check the command")
            }
            try await Task.sleep(for: .bounded(seconds: settings.interval))
        }
    }

    /// The status with which an address answers; a service that closes the connection without one has not started yet.
    private func answer(_ url: String) async -> Result<Int, HTTPError> {
        var request = HTTPRequest(url: url)
        // Long enough for a service that answers slowly, short enough to notice that its container has ended.
        request.timeouts = HTTPTimeouts(connect: .seconds(2), idle: .seconds(5), total: .seconds(5))
        request.maximumResponseBytes = 1 << 16
        do {
            return .success(try await sandbox.session.probes.stream(request).status)
        } catch let error as HTTPError {
            return .failure(error)
        } catch {
            return .failure(HTTPError(.other, String(describing: error), url: url))
        }
    }
}
