import Evaluation
import Storage

/// The episodes that a rule is about: all of a run, of a task, of a domain.
struct GateScope {
    let run: ComparedRun
    let task: String?
    let domain: String?

    /// What checks call it.
    var title: String {
        let parts = [task.map { "task \($0)" }, domain.map { "domain \($0)" }].compactMap { $0 }
        return parts.isEmpty ? "the run" : parts.joined(separator: ", ")
    }

    func contains(_ episode: ComparedEpisode) -> Bool {
        (task == nil || episode.id.task == task) && (domain == nil || episode.domain == domain)
    }

    private var episodes: [ComparedEpisode] { run.episodes.filter(contains) }

    /// Planned episodes; nil where that is not known, as for a domain.
    private var planned: Int? {
        guard domain == nil else { return nil }
        let tasks = run.tasks.filter { task == nil || $0.id == task }
        return tasks.reduce(Int?(0)) { sum, task in sum.flatMap { sum in task.plannedEpisodes.map { sum + $0 } } }
    }

    func coverage(atLeast bound: Double) -> GateCheck {
        let episodes = episodes
        let scored = episodes.count { $0.isScored }
        let total = max(planned ?? episodes.count, episodes.count)
        guard total > 0 else {
            return GateCheck("min_coverage", of: title, .inconclusive, "no episode is planned")
        }
        let share = Double(scored) / Double(total)
        let open = run.metadata.status == .completed ? 0 : total - episodes.count
        let text = "\(scored) of \(total) episodes are scored (\(NumberText.percent(share)))"
        var check: GateCheck
        if share >= bound {
            check = GateCheck("min_coverage", of: title, .pass, text)
        } else if Double(scored + open) / Double(total) >= bound {
            check = GateCheck("min_coverage", of: title, .inconclusive, "\(text), and \(open) are not attempted yet")
        } else {
            check = GateCheck(
                "min_coverage", of: title, .fail, "\(text), and \(NumberText.percent(bound)) are asked for")
        }
        (check.bound, check.value) = (bound, share)
        return check
    }

    func errorRate(atMost bound: Double) -> GateCheck {
        let episodes = episodes
        let errored = episodes.count { $0.failure?.hasPrefix("errored") ?? false }
        guard !episodes.isEmpty else {
            return GateCheck("max_error_rate", of: title, .inconclusive, "no episode was attempted")
        }
        let share = Double(errored) / Double(episodes.count)
        var check = GateCheck(
            "max_error_rate", of: title, share <= bound ? .pass : .fail,
            "\(errored) of \(episodes.count) episodes errored (\(NumberText.percent(share)))")
        (check.bound, check.value) = (bound, share)
        return check
    }

    func cost(atMost bound: Double) -> GateCheck {
        let episodes = episodes
        let known = episodes.reduce(0) { $0 + ($1.cost ?? 0) }
        let unknown = episodes.count { $0.cost == nil }
        var text = "\(NumberText.dollars(known)) were spent"
        if unknown > 0 { text += " as far as prices are known; \(unknown) episodes have calls without one" }
        var check = GateCheck(
            "max_cost", of: title, known > bound ? .fail : unknown > 0 ? .inconclusive : .pass, text)
        (check.bound, check.value) = (bound, known)
        return check
    }
}
