import Evaluation

/// Finds the subset and split that a configuration means among those that there are.
struct HubSplitChoice {
    let repository: HubRepository
    let splits: [HubSplit]

    /// The split of that name.
    ///
    /// Without a subset it is the only one there is, or `default`. Throws ``EvaluationError``, cause `configuration`,
    /// with what there is.
    func choose(subset: String?, split: String) throws(EvaluationError) -> HubSplit {
        let subset = try choose(subset)
        let found = splits.filter { $0.subset == subset }.map(\.split)
        guard found.contains(split) else {
            throw unknown("'\(repository.name)' has no split '\(split)' in its subset '\(subset)'", split, among: found)
        }
        return HubSplit(subset: subset, split: split)
    }

    private func choose(_ subset: String?) throws(EvaluationError) -> String {
        var subsets: [String] = []
        for split in splits where !subsets.contains(split.subset) { subsets.append(split.subset) }
        if let subset {
            guard subsets.contains(subset) else {
                throw unknown("'\(repository.name)' has no subset '\(subset)'", subset, among: subsets)
            }
            return subset
        }
        if subsets.count == 1, let only = subsets.first { return only }
        if subsets.contains("default") { return "default" }
        throw unknown("'\(repository.name)' has several subsets, and none is named", "", among: subsets)
    }

    private func unknown(_ message: String, _ word: String, among words: [String]) -> EvaluationError {
        let list = "there are: \(words.prefix(20).joined(separator: ", "))"
        let advice = words.isEmpty ? "the rows server has none of it" : NearMiss.hint(word, among: words) ?? list
        return EvaluationError(.dataMissing, message, cause: .configuration, advice: advice)
    }
}
