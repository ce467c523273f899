import Evaluation
import JSON

/// What one judging found: resolved, or why not.
struct Judging: Sendable {
    /// Whether the instance is resolved.
    var isResolved = false
    /// Why not; nil when it is.
    var reason: FailureReason?
    /// The reason in words.
    var detail: String?
    /// What the tests came to, where there is a report.
    var verdict: TestVerdict?
    /// What was left in the container, where one ran.
    var run: JudgeRun?

    /// A judging that ended before anything was run.
    init(_ reason: FailureReason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }

    /// Draws the conclusion from what was left, in the order in which things go wrong.
    init(_ run: JudgeRun, expecting instance: Instance) {
        self.run = run
        if let report = run.output.flatMap(TestReport.init) {
            verdict = TestVerdict(report, expecting: instance)
            isResolved = verdict?.isResolved == true
        }
        guard !isResolved, let (reason, detail) = Self.failure(of: run, verdict) else { return }
        self.reason = reason
        self.detail = detail
    }

    private static func failure(of run: JudgeRun, _ verdict: TestVerdict?) -> (FailureReason, String)? {
        let stopped = ["checkout", "apply"].contains { (run.stages[$0] ?? 1) != 0 }
        // Tests can write into these logs, so they count only where a step before the tests failed.
        if run.result.ranOutOfDisk || (stopped && mentions("No space left on device", in: run)) {
            return (.diskFull, "the sandbox's disk is full")
        }
        if run.result.ranOutOfMemory {
            return (.outOfMemory, "the memory limit of the judge's container was reached")
        }
        if !run.survived, run.stages["parse"] == nil { return (.containerError, "the judge's container ended") }
        if let status = run.stages["checkout"], status != 0 {
            return (.checkoutFailed, "the repository could not be put to the base commit (exit status \(status))")
        }
        if let status = run.stages["apply"], status != 0 {
            return (.patchNotApplied, "git apply ended with exit status \(status)")
        }
        if run.result.timedOut { return (.testsNotFinished, "timeout") }
        if run.stages["apply"] == nil {
            return (.containerError, "the entry script ended early (exit status \(run.result.exitCode))")
        }
        if run.stages["parse"] == nil {
            return (.testsNotFinished, "killed: the entry script ended during the tests")
        }
        guard let verdict else {
            if run.output != nil { return (.invalidOutput, "the parser wrote no report") }
            return (.missingOutput, parserFailure(run))
        }
        let missing = verdict.missingFailToPass.count + verdict.missingPassToPass.count
        return (.testsFailed, "\(missing) expected tests did not pass")
    }

    private static func parserFailure(_ run: JudgeRun) -> String {
        let status = run.stages["parse"] ?? 0
        if status == 127 { return "python_missing" }
        let log = String(decoding: (run.logs["parser.log"] ?? []).suffix(300), as: UTF8.self).trimmingSpaces()
        return "parser_failed (exit status \(status)): \(log)"
    }

    private static func mentions(_ text: String, in run: JudgeRun) -> Bool {
        // Only what gage's own steps wrote: tests may say anything.
        ["checkout.log", "patch_apply.log"].contains { name in
            String(decoding: run.logs[name] ?? [], as: UTF8.self).contains(text)
        }
    }
}
