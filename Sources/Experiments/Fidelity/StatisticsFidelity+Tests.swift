import JSON
import Statistics

extension StatisticsFidelity {
    @Sendable static func distribution(_ item: inout StatisticsCase) {
        let a = item.json["args"]?.statisticsNumbers ?? []
        guard let first = a.first else { return }
        func parameter(_ place: Int) -> Double { place < a.count ? a[place] : .nan }
        let value: Double? =
            switch item.json["f"]?.stringValue {
            case "norm.cdf": NormalDistribution.cumulative(first)
            case "norm.sf": NormalDistribution.survival(first)
            case "norm.ppf": NormalDistribution.quantile(first)
            case "chi2.sf": ChiSquaredDistribution(degreesOfFreedom: parameter(1)).survival(first)
            case "t.sf": StudentDistribution(degreesOfFreedom: parameter(1)).survival(first)
            case "t.ppf": StudentDistribution(degreesOfFreedom: parameter(1)).quantile(first)
            case "binom.cdf":
                BinomialDistribution(count: Int(parameter(1)), chance: parameter(2)).cumulative(Int(first))
            case "beta.ppf": BetaDistribution(parameter(1), parameter(2)).quantile(first)
            default: nil
            }
        item.compare("out", value, within: 0)
    }

    @Sendable static func mcNemar(_ item: inout StatisticsCase) {
        let table = item.json["table"]?.statisticsTable ?? []
        guard let b = item.json["b"]?.intValue, let c = item.json["c"]?.intValue, table.count == 2 else { return }
        let test = McNemarTest(firstOnly: b, secondOnly: c, tasks: Int(table.flatMap { $0 }.reduce(0, +)))
        item.compare("exact.statistic", test.exact.statistic)
        item.compare("exact.pvalue", test.exact.pValue)
        item.compare("mid_p", test.midPValue)
        for (key, continuity) in [("chi2_continuity", true), ("chi2_plain", false)] {
            item.compare("\(key).statistic", test.chiSquared(continuity: continuity).statistic)
            item.compare("\(key).pvalue", test.chiSquared(continuity: continuity).pValue)
        }
        item.compare("one_sided_more_b_than_c", test.pValueOfFirstBetter)
        item.compare("paired_odds_ratio", test.oddsRatio)
        item.compare("paired_odds_ratio_ci95_exact", test.oddsRatioInterval()?.ends)
    }

    @Sendable static func cochransQ(_ item: inout StatisticsCase) {
        let table = item.json["matrix"]?.statisticsTable ?? []
        let result = OmnibusTest.cochransQ(table.map { $0.map { $0 == 1 } })
        item.compare("statistic", result?.statistic)
        item.compare("df", result?.degreesOfFreedom)
        item.compare("pvalue", result?.pValue)
    }

    @Sendable static func friedman(_ item: inout StatisticsCase) {
        let result = OmnibusTest.friedman(item.json["matrix"]?.statisticsTable ?? [])
        item.compare("statistic", result?.statistic)
        item.compare("pvalue", result?.pValue)
    }

    @Sendable static func multipleComparisons(_ item: inout StatisticsCase) {
        let pValues = item.json["pvalues"]?.statisticsNumbers ?? []
        let level = item.json["alpha"]?.doubleValue ?? 0.05
        for method in MultipleComparisons.allCases {
            let path = "[\"\(method.rawValue)\"]"
            item.compare("\(path).adjusted", method.adjusted(pValues))
            item.compare("\(path).reject", method.rejects(pValues, significance: level).map { $0 ? 1 : 0 })
        }
    }

    @Sendable static func wilcoxon(_ item: inout StatisticsCase) {
        let differences = item.json["differences"]?.statisticsNumbers ?? []
        for (place, expected) in (item.json["results"]?.arrayValue ?? []).enumerated() {
            guard let zeros = WilcoxonSignedRankTest.ZeroMethod(rawValue: expected["zero_method"]?.stringValue ?? "")
            else { continue }
            let alternative: Alternative =
                switch expected["alternative"]?.stringValue {
                case "less": .less
                case "greater": .greater
                default: .twoSided
                }
            let method: WilcoxonSignedRankTest.Method =
                switch expected["method"]?.stringValue {
                case "exact": .exact
                case "auto": .automatic
                default: .normal(continuity: expected["correction"]?.boolValue ?? false)
                }
            let result = WilcoxonSignedRankTest(differences, zeros: zeros).result(alternative, method: method)
            item.compare("results[\(place)].statistic", result.statistic)
            item.compare("results[\(place)].pvalue", result.pValue)
        }
        item.compare("rank_biserial", WilcoxonSignedRankTest(differences).rankBiserial)
    }

    @Sendable static func signFlips(_ item: inout StatisticsCase) {
        let test = SignFlipTest(item.json["differences"]?.statisticsNumbers ?? [])
        item.compare("statistic", test?.result.statistic)
        item.compare("pvalue", test?.isExact == true ? test?.result.pValue : nil)
    }

    @Sendable static func paired(_ item: inout StatisticsCase) {
        let paired = PairedComparison(item.json["differences"]?.statisticsNumbers ?? [])
        item.compare("t", paired?.tTest.statistic)
        item.compare("df", paired?.tTest.degreesOfFreedom)
        item.compare("pvalue", paired?.tTest.pValue)
        item.compare("ci95", paired?.interval().ends)
        item.compare("cohens_dz", paired?.cohensDz)
        item.compare("hedges_gz", paired?.hedgesGz)
        item.compare("[\"tost_margin_0.5_p\"]", paired?.equivalencePValue(margin: 0.5))
        item.compare("sign_test_p", paired?.signTestPValue)
    }

    @Sendable static func independent(_ item: inout StatisticsCase) {
        let (x, y) = (item.json["x"]?.statisticsNumbers ?? [], item.json["y"]?.statisticsNumbers ?? [])
        for (key, result) in [
            ("student", IndependentComparison.student(x, y)), ("welch", IndependentComparison.welch(x, y)),
            ("mannwhitney", IndependentComparison.mannWhitney(x, y)),
        ] {
            item.compare(key, result.map { [$0.statistic, $0.pValue] })
        }
        item.compare("cohens_d_pooled", EffectSize.cohensD(x, y))
        item.compare("cliffs_delta", EffectSize.cliffsDelta(x, y))
    }
}
