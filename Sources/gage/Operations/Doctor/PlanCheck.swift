import Datasets
import Engine
import Evaluation
import GageConfiguration
import Models

/// What a configuration needs beside its sandboxes: keys, data.
enum PlanCheck {
    /// Whether each backend has its address and key.
    ///
    /// Models are made as a run makes them and asked nothing; a key's value is never shown.
    static func backends(_ plan: Plan, _ components: Components) -> [Finding] {
        let models = RunModels(
            backends: plan.backends.map { ($0.id, $0.factory) },
            resolver: ModelNameResolver(client: components.client), baseDirectory: plan.baseDirectory,
            environment: plan.environment)
        return plan.backends.map { backend in
            do {
                _ = try models.model(backend: backend.id)
                return .ok("backend", "\(backend.id) (\(backend.typeKey)) has what it needs")
            } catch {
                let known = error as? EvaluationError
                return .fail("backend", known?.message ?? "\(error)", known?.advice)
            }
        }
    }

    /// Whether each data set can be read, by its first sample; those of hubs are not fetched for that.
    static func datasets(_ plan: Plan) async -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        for task in plan.tasks where seen.insert(task.dataset.id).inserted {
            let subject = "data set"
            let name = "\(task.dataset.id) (\(task.dataset.loaderKey))"
            guard task.dataset.hub == nil, !task.dataset.loaderKey.contains("hub") else {
                findings.append(.ok(subject, "\(name) is fetched when a run needs it; not looked at"))
                continue
            }
            do {
                var first: String?
                do {
                    try await plan.forEachSample(of: task) { sample in
                        first = sample.id
                        throw EnoughSamples()
                    }
                } catch is EnoughSamples {}
                findings.append(
                    first.map { .ok(subject, "\(name) begins with sample '\($0)'") }
                        ?? .warn(subject, "\(name) has no samples"))
            } catch {
                let known = error as? EvaluationError
                findings.append(.fail(subject, "\(name): \(known?.message ?? "\(error)")", known?.advice))
            }
        }
        return findings
    }

    private struct EnoughSamples: Error {}
}

/// Official data of benchmarks on this machine.
enum DataCheck {
    /// Each package that is here, checked against the contents that are known.
    static func findings(_ packages: [DataPackage], environment: [String: String], baseDirectory: String) -> [Finding] {
        var missing: [String] = []
        var findings: [Finding] = []
        for package in packages {
            let directory = package.destination.directory(environment: environment, baseDirectory: baseDirectory)
            guard package.layout.isPresent(in: directory) else {
                missing.append(package.name)
                continue
            }
            let check = package.check(directory)
            if let problem = check.problems.first {
                findings.append(.fail("data", "\(package.name) in \(directory): \(problem)", package.howToGet()))
            } else if let note = check.notes.first {
                findings.append(.warn("data", "\(package.name) in \(directory): \(note)"))
            } else {
                findings.append(.ok("data", "\(package.name) in \(directory) is right"))
            }
        }
        if !missing.isEmpty {
            findings.append(
                .ok("data", "not here: \(missing.joined(separator: ", ")); `gage data list` says how to get them"))
        }
        return findings
    }
}
