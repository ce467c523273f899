public import Evaluation
import GRDB

extension Journal {
    /// The episodes of a task that ended in an error, in plan order, at most `limit` of them.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func erroredEpisodes(inTask task: String, limit: Int) throws(EvaluationError) -> [EpisodeID] {
        try read { database in
            let sql = """
                SELECT sample_id, trial FROM episode WHERE task = ? AND outcome = 'errored'
                ORDER BY task_ordinal, sample_ordinal, trial LIMIT ?
                """
            return try Row.fetchAll(database, sql: sql, arguments: [task, limit]).map {
                EpisodeID(task: task, sample: $0["sample_id"], trial: $0["trial"])
            }
        }
    }
}
