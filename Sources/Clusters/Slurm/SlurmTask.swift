/// A task of a job as Slurm's commands show it.
public struct SlurmTask: Sendable, Hashable {
    /// The job's number, for a task of an array that of the array.
    public var job: Int
    /// The task's number in its array; nil for a job that is no array.
    public var index: Int?
    /// How it stands, in Slurm's word, such as `PENDING`.
    public var state: String
    /// Why it waits, or how it ended; empty where Slurm does not say.
    public var detail: String

    /// Describes a task.
    public init(job: Int, index: Int?, state: String, detail: String = "") {
        self.job = job
        self.index = index
        self.state = state
        self.detail = detail
    }

    /// Whether it is over: it neither runs nor waits to.
    public var isOver: Bool {
        let live = [
            "PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESIZING",
            "SIGNALING", "STAGE_OUT", "SUSPENDED", "STOPPED", "RESV_DEL_HOLD", "SPECIAL_EXIT",
        ]
        return !live.contains(state)
    }
}
