import Evaluation
import Reports
import Storage

/// The form by which an episode is tagged, noted or corrected.
struct AnnotationForm {
    let key: String
    let author: String
    /// What only a page of ours knows.
    let formKey: String
    let state: ListState
    /// What was wrong with the form as it was sent.
    var problem: String?

    func html(id: EpisodeID, record: TranscriptView) -> HTML {
        let complaint: HTML? = problem.map { "<p class=\"note bad\" role=\"alert\">\($0)</p>" }
        let kinds: [(String, String)] = [("note", "Note"), ("tag", "Tag"), ("untag", "Take a tag off")]
        let verdict = record.outcome == "scored" ? [("verdict", "Correct the verdict")] : []
        let options = (kinds + verdict).map { "<option value=\"\($0.0)\">\($0.1)</option>" as HTML }
        let metrics = record.scores.flatMap { score in
            score.values.keys.sorted().map { score.values.count == 1 ? score.metric : "\(score.metric).\($0)" }
        }
        let hint =
            verdict.isEmpty
            ? ""
            : " For a verdict: pass, fail, unscorable, original, or \(metrics.first ?? "METRIC")=0.5, with a reason."
        return """
            <details class="annotate"\(problem == nil ? nil : " open" as HTML)><summary>Annotate</summary>\(complaint)
            <form class="filters" action="\(ViewerLink.episode(key, id, state))" method="post">
            <input type="hidden" name="form" value="\(formKey)">
            <label class="field"><span>What</span><select name="kind">\(options)</select></label>
            <label class="field grow"><span>Text</span><input type="text" name="value" required maxlength="4000" \
            autocomplete="off"></label>
            <label class="field grow"><span>Reason</span><input type="text" name="reason" maxlength="4000" \
            autocomplete="off"></label>
            <label class="field"><span>Who</span><input type="text" name="author" value="\(author)" required maxlength="200" \
            autocomplete="name"></label>
            <button>Add</button></form>
            <p class="faint">Annotations are added to the journal and never change what the judges said.\(hint)</p></details>
            """
    }

    /// The annotation that a form's values ask for.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a verdict that does not fit the episode.
    static func annotation(
        _ values: [String: String], of record: EpisodeRecord, at time: Double
    ) throws(EvaluationError) -> Annotation {
        let text = values["value"] ?? ""
        let author = values["author"] ?? ""
        let reason = values["reason"].flatMap { reason in reason.contains { !$0.isWhitespace } ? reason : nil }
        switch values["kind"] {
        case "tag": return .tag(text, of: record.id, by: author, because: reason, at: time)
        case "untag": return .untag(text, of: record.id, by: author, because: reason, at: time)
        case "verdict":
            let amendment = try Amendment(text, of: record)
            return .verdict(amendment, of: record.id, by: author, because: reason ?? "", at: time)
        default: return .note(text, of: record.id, by: author, because: reason, at: time)
        }
    }
}
