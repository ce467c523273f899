public import Evaluation
import FoundationEssentials
import JSON
import Statistics

/// Recomputes recorded results of scipy and statsmodels: `gage fidelity statistics`.
public struct StatisticsFidelity: Sendable {
    /// Prepares to recompute.
    public init() {}

    /// Recomputes every case of files with `{sections: {name: {cases: […]}}}`.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when a file cannot be read or has no sections.
    public func run(files: [String]) throws(EvaluationError) -> StatisticsLedger {
        var ledger = StatisticsLedger()
        for file in files {
            let sections = try Self.sections(of: file)
            for (name, section) in sections { recompute(name, section, into: &ledger) }
        }
        return ledger
    }

    private static func sections(of file: String) throws(EvaluationError) -> JSONObject {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw EvaluationError(.dataMissing, "'\(file)' cannot be read", cause: .configuration)
        }
        do {
            let json = try JSONValue.parse(bytes: [UInt8](data), options: .init(allowsNonFiniteNumbers: true))
            if let sections = json["sections"]?.objectValue { return sections }
        } catch {
            throw EvaluationError(
                .dataMalformed, "'\(file)' is not JSON", cause: .configuration, underlying: error)
        }
        throw EvaluationError(.dataMalformed, "'\(file)' has no 'sections'", cause: .configuration)
    }

    private func recompute(_ name: String, _ section: JSONValue, into ledger: inout StatisticsLedger) {
        var group = StatisticsLedger.Group(section: name)
        for (place, json) in (section["cases"]?.arrayValue ?? []).enumerated() {
            var item = StatisticsCase(json)
            if let recompute = Self.sections[name] { recompute(&item) }
            group.total += 1
            group.numbers += item.numbers.count
            let wrong = item.numbers.filter { !StatisticsCase.agrees($0) }
            // A case of which nothing was compared proves nothing.
            if wrong.isEmpty, !item.numbers.isEmpty { group.agreed += 1 }
            let id = "\(name)[\(place)]"
            if item.numbers.isEmpty {
                ledger.disagreements.append(.init(place: id, field: "nothing to compare", expected: .nan, actual: nil))
            }
            for number in wrong {
                ledger.disagreements.append(
                    .init(place: id, field: number.field, expected: number.expected, actual: number.actual))
            }
        }
        ledger.groups.append(group)
    }

    private static let sections: [String: @Sendable (inout StatisticsCase) -> Void] = [
        "distributions": distribution, "mcnemar": mcNemar, "cochrans_q": cochransQ, "friedman": friedman,
        "multiple_comparisons": multipleComparisons, "proportion_interval": proportions, "cohens_h": cohensH,
        "wilcoxon_signed_rank": wilcoxon, "paired_bootstrap": bootstrap, "clustered_bootstrap": bootstrap,
        "sign_flip_permutation_exact": signFlips, "paired_t_and_effect_sizes": paired,
        "independent_samples": independent, "cohens_kappa": cohensKappa, "fleiss_kappa": fleissKappa,
        "pass_hat_k": passHat, "study_example": study,
    ]
}

extension Interval {
    /// Both ends.
    var ends: [Double] { [lower, upper] }
}
