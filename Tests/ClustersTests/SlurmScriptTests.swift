import Clusters
import Evaluation
import Processes
import Testing

@Suite struct SlurmScriptTests {
    private static let job = BatchJob(
        name: "gage-r", command: [.text("/opt/gage"), .text("run"), .text("--shard"), .shard(count: 8)],
        shards: [1, 2, 3, 5, 8], directory: "/data", logDirectory: "/data/runs/r/logs/slurm",
        options: ["--partition=gpu", "--gres=gpu:1"])

    @Test func anArrayIsRenderedWholly() throws {
        #expect(
            try SlurmScript(Self.job).text == """
                #!/bin/sh
                #SBATCH --partition=gpu
                #SBATCH --gres=gpu:1
                #SBATCH --job-name="gage-r"
                #SBATCH --array=1-3,5,8
                #SBATCH --chdir="/data"
                #SBATCH --output="/data/runs/r/logs/slurm/shard-%a.log"
                #SBATCH --open-mode=append
                #SBATCH --requeue
                #SBATCH --signal=B:TERM@60
                exec '/opt/gage' 'run' '--shard' "$SLURM_ARRAY_TASK_ID/8"

                """)
    }

    @Test func oneTaskIsNoArray() throws {
        var job = Self.job
        job.shards = []
        job.command = [.text("gage"), .text("merge")]
        let text = try SlurmScript(job).text
        #expect(
            !text.contains("--array") && text.contains("logs/slurm/gage-r-%j.log")
                && text.hasSuffix("exec 'gage' 'merge'\n"))
    }

    @Test(arguments: ["a b", "it's", "$(touch /tmp/x)", "`id`", "a;b", "\"", "\\", "*", "line\nbreak", "", "ä€"])
    func theShellReadsEveryWordAsItIs(word: String) async throws {
        var job = Self.job
        job.command = [.text("printf"), .text("%s|"), .text(word), .shard(count: 3)]
        var command = ProcessCommand("/bin/sh", ["-c", try SlurmScript(job).text])
        command.environment = .inheritAdding(["SLURM_ARRAY_TASK_ID": "2"])
        #expect(try await Processes.run(command).standardOutput.text == "\(word)|2/3|")
    }

    @Test(arguments: ["a\"b", "a\\b", "a\nb"])
    func whatNoDirectiveCanHoldIsRefused(text: String) {
        var job = Self.job
        job.directory = text
        #expect(throws: EvaluationError.self) { try SlurmScript(job) }
    }

    @Test(arguments: ["partition=gpu", "", "--x\n#SBATCH --uid=0"])
    func whatIsNoOptionIsRefused(option: String) {
        var job = Self.job
        job.options = [option]
        #expect(throws: EvaluationError.self) { try SlurmScript(job) }
    }

    @Test func percentSignsInPathsAreNoPatterns() throws {
        var job = Self.job
        job.logDirectory = "/50%a"
        #expect(try SlurmScript(job).text.contains("--output=\"/50%%a/shard-%a.log\""))
    }
}
