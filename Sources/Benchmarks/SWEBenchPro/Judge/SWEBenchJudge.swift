import Evaluation
import JSON

/// `swebench_docker`: applies a patch in a fresh container and runs the instance's tests as officially.
///
/// The container is never the agent's: what an agent installed, started or changed outside the repository does not count. A
/// fault of the machine is an error, tried again and never a zero.
struct SWEBenchJudge: RoleAdapter {
    let parameters: JudgeParameters

    let contract = StepContract(reads: [.sample, .prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let instance = try Instance(of: episode.sample, code: .judgeFailed)
        var report = JudgeReport(instance: instance, trial: episode.id.trial)
        let patch = PredictedChange(episode.prediction)
        report.describe(patch)
        report.historyPeeks = HistoryPeeks.found(in: episode.trajectory, fixes: instance.fixCommits)
        let judging = try await judge(patch, instance, episode: episode, into: &report, in: scope)
        try report.write(judging, to: scope.artifacts)
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: report.output(for: judging)))
        guard let reason = judging.reason, reason.failureClass != .model else { return }
        // A verdict with the reason stands; the episode still has no score, whoever is at fault.
        throw Self.error(reason, judging.detail ?? reason.rawValue)
    }

    private func judge(
        _ patch: PredictedChange, _ instance: Instance, episode: Episode, into report: inout JudgeReport,
        in scope: EpisodeScope
    ) async throws -> Judging {
        guard let bytes = patch.prepared else {
            let problem = episode.prediction?.artifacts["patch_problem"]?.stringValue
            return Judging(.missingPatch, problem ?? "there is no patch")
        }
        guard !instance.failToPass.isEmpty || !instance.passToPass.isEmpty else {
            return Judging(.missingTargets, "the instance expects no test")
        }
        guard
            let scripts = InstanceScripts(
                instance: instance.id, scripts: Self.path(parameters.scriptsDirectory, in: scope.run),
                dockerfiles: parameters.dockerfilesDirectory.map { Self.path($0, in: scope.run) })
        else {
            return Judging(
                .missingScripts, "no run_script.sh and parser.py of this instance below \(parameters.scriptsDirectory)")
        }
        let files = files(for: instance, scripts: scripts, patch: bytes)
        let image = image(of: episode.sample)
        var attempts: [Judging] = []
        for _ in 0...parameters.reruns {
            let judging = try await withRetries(files, image: image, instance: instance, into: &report, in: scope)
            attempts.append(judging)
            if judging.isResolved || judging.reason != .testsFailed { break }
        }
        report.attempts += attempts.count
        report.isFlaky = Set(attempts.map(\.isResolved)).count > 1
        return decide(attempts)
    }

    private static func path(_ path: String, in run: RunIdentity) -> String {
        path.hasPrefix("/") || run.baseDirectory.isEmpty ? path : "\(run.baseDirectory)/\(path)"
    }

    private func decide(_ attempts: [Judging]) -> Judging {
        let resolved = attempts.filter(\.isResolved)
        switch parameters.rerunPolicy {
        case .first: return attempts[0]
        case .any: return resolved.first ?? attempts[0]
        case .majority:
            let isMost = resolved.count * 2 > attempts.count
            return attempts.first { $0.isResolved == isMost } ?? attempts[0]
        }
    }

    private func withRetries(
        _ files: [SandboxFile], image: String, instance: Instance, into report: inout JudgeReport,
        in scope: EpisodeScope
    ) async throws -> Judging {
        var retries = parameters.infrastructureRetries
        while true {
            let judging = try await once(files, image: image, instance: instance, in: scope)
            guard judging.reason?.failureClass == .infrastructure, retries > 0 else { return judging }
            retries -= 1
            report.failedAttempts.append("\(judging.reason?.rawValue ?? ""): \(judging.detail ?? "")")
        }
    }

    private func once(
        _ files: [SandboxFile], image: String, instance: Instance, in scope: EpisodeScope
    ) async throws -> Judging {
        guard let profile = parameters.profile ?? scope.adapter.sandboxProfile ?? scope.sandboxes.profile else {
            throw EvaluationError(
                .configurationInvalid, "'swebench_docker' has no sandbox profile", cause: .configuration,
                advice: "give the judge's adapter a 'sandbox' with a 'sandbox_id'")
        }
        do {
            let sandbox = try await scope.sandboxes.fresh(
                profile: profile, overrides: overrides(image: image, instance: instance))
            guard let commands = sandbox as? any CommandSandbox else {
                throw EvaluationError(
                    .configurationInvalid, "sandbox profile '\(profile)' runs no programs", cause: .configuration,
                    advice: "give it 'runtime: docker'")
            }
            let run = try await JudgeRun(
                files, in: commands, timeout: parameters.testTimeout, maximumLogBytes: parameters.maxLogBytes)
            await sandbox.stop()
            return Judging(run, expecting: instance)
        } catch let error as EvaluationError where error.cause == .sandbox {
            return Judging(Self.reason(of: error), error.message)
        } catch let error as SandboxFileError {
            return Judging(.sandboxError, error.description)
        }
    }

    private static func reason(of error: EvaluationError) -> FailureReason {
        switch error.code {
        case .sandboxImageMissing, .sandboxPullFailed, .sandboxRateLimited, .sandboxPlatform: .imageMissing
        case .sandboxStartFailed, .sandboxEngineLost, .sandboxUnavailable, .sandboxDied: .containerError
        default: .sandboxError
        }
    }

    private static func error(_ reason: FailureReason, _ detail: String) -> EvaluationError {
        let isInfrastructure = reason.failureClass == .infrastructure
        return EvaluationError(
            EvaluationError.Code("swebench.\(reason.rawValue)"), detail,
            cause: isInfrastructure ? .sandbox : .task, retry: isInfrastructure ? .worthwhile : .never,
            advice: reason == .missingScripts ? "run `gage data fetch swebench-pro`, or check 'scripts_dir'" : nil)
    }

    private func files(
        for instance: Instance, scripts: InstanceScripts, patch: PatchBytes
    ) -> [SandboxFile] {
        var entry = EntryScript(
            exports: scripts.exports, baseCommit: instance.baseCommit, testCheckout: instance.testCheckoutCommand,
            selectedTests: instance.selectedTests)
        entry.quotesTests = parameters.argumentForm == .quoted
        entry.appliesLeniently = parameters.applyPolicy == .lenient
        return [
            SandboxFile("patch.diff", .file(patch.bytes)),
            SandboxFile("run_script.sh", .file(scripts.runScript), permissions: 0o755),
            SandboxFile("parser.py", .file(scripts.parser)),
            SandboxFile("entryscript.sh", text: entry.text, permissions: 0o755),
        ]
    }

    private func image(of sample: Sample) -> String {
        if let image = parameters.imageURI { return image }
        let image = sample.gold["image"]?.stringValue ?? ""
        return parameters.registryPrefix.map { ImageName.mirrored(image, at: $0) } ?? image
    }

    /// What the judge wants of its container besides what the profile says.
    private func overrides(image: String, instance: Instance) -> JSONObject {
        let isOpen = !parameters.blocksNetwork || parameters.networkOverrides.contains(instance.id)
        var configuration: JSONObject = ["network_mode": isOpen ? "bridge" : "none"]
        if let platform = parameters.platform { configuration["platform"] = .string(platform) }
        if !parameters.allowsPull { configuration["pull_policy"] = "never" }
        var resources: JSONObject = [:]
        if let cpus = parameters.cpus { resources["cpu"] = JSONValue(cpus) }
        if let memory = parameters.memoryLimit { resources["memory"] = .string(memory) }
        if let pids = parameters.pidsLimit { resources["pids"] = JSONValue(pids) }
        var overrides: JSONObject = ["image": .string(image), "runtime_configs": .object(configuration)]
        if !resources.isEmpty { overrides["resources"] = .object(resources) }
        return overrides
    }
}
