import Clusters
import Testing

@Suite struct SlurmListingTests {
    @Test(
        arguments: [("123\n", 123), ("123;cluster\n", 123), ("sbatch: note\n7\n", 7), ("", nil), ("error", nil)]
            as [(String, Int?)])
    func submittedJobs(text: String, job: Int?) { #expect(SlurmListing.submittedJob(text) == job) }

    @Test func queuesListTasksAndJobs() {
        let text = "12_3|RUNNING|None\n12_[4-5,7%2]|PENDING|Resources\n13|PENDING|Dependency\nnonsense\n|\nx|RUNNING|\n"
        #expect(
            SlurmListing.queue(text) == [
                SlurmTask(job: 12, index: 3, state: "RUNNING"),
                SlurmTask(job: 12, index: 4, state: "PENDING", detail: "Resources"),
                SlurmTask(job: 12, index: 5, state: "PENDING", detail: "Resources"),
                SlurmTask(job: 12, index: 7, state: "PENDING", detail: "Resources"),
                SlurmTask(job: 13, index: nil, state: "PENDING", detail: "Dependency"),
            ])
    }

    @Test func accountingListsEndings() {
        let text = "12_1|COMPLETED|0:0\n12_2|CANCELLED by 0|0:15\n12_3|NODE_FAIL|1:0\n"
        let tasks = SlurmListing.accounting(text)
        #expect(tasks.map(\.state) == ["COMPLETED", "CANCELLED", "NODE_FAIL"])
        #expect(tasks.map(\.detail) == ["0:0", "0:15", "1:0"])
        #expect(tasks.map(\.isOver) == [true, true, true])
    }

    @Test func theControllerListsWhatItRemembers() {
        let text = """
            JobId=2 ArrayJobId=1 ArrayTaskId=1 JobName=gage-r JobState=FAILED Reason=NonZeroExitCode ExitCode=137:0
            JobId=1 ArrayJobId=1 ArrayTaskId=3-4%2 JobName=gage-r JobState=PENDING ExitCode=0:0
            JobId=5 JobName=gage-r-merge JobState=COMPLETED ExitCode=0:0
            """
        #expect(
            SlurmListing.control(text) == [
                SlurmTask(job: 1, index: 1, state: "FAILED", detail: "exit code 137:0"),
                SlurmTask(job: 1, index: 3, state: "PENDING", detail: "exit code 0:0"),
                SlurmTask(job: 1, index: 4, state: "PENDING", detail: "exit code 0:0"),
                SlurmTask(job: 5, index: nil, state: "COMPLETED", detail: "exit code 0:0"),
            ])
    }

    @Test(arguments: [
        ("RUNNING", false), ("PENDING", false), ("COMPLETING", false), ("FAILED", true), ("TIMEOUT", true),
    ])
    func statesAreLiveOrOver(state: String, isOver: Bool) {
        #expect(SlurmTask(job: 1, index: nil, state: state).isOver == isOver)
    }
}
