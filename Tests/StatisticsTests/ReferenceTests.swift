import JSON
import Statistics
import Testing

/// Compares every family with what scipy and statsmodels computed.
@Suite(.enabled(if: StatisticsReference.isPresent, StatisticsReference.reason))
struct ReferenceTests {
    @Test func distributionsAgreeWithScipy() throws {
        for item in try StatisticsReference.cases("distributions") {
            let a = item.numbers("args")
            let result: Double? =
                switch item["f"]?.stringValue {
                case "norm.cdf": NormalDistribution.cumulative(a[0])
                case "norm.sf": NormalDistribution.survival(a[0])
                case "norm.ppf": NormalDistribution.quantile(a[0])
                case "chi2.sf": ChiSquaredDistribution(degreesOfFreedom: a[1]).survival(a[0])
                case "t.sf": StudentDistribution(degreesOfFreedom: a[1]).survival(a[0])
                case "t.ppf": StudentDistribution(degreesOfFreedom: a[1]).quantile(a[0])
                case "binom.cdf": BinomialDistribution(count: Int(a[1]), chance: a[2]).cumulative(Int(a[0]))
                case "beta.ppf": BetaDistribution(a[1], a[2]).quantile(a[0])
                default: nil
                }
            #expect(agree(result, item.number("out"), within: 2e-13), "\(item): \(result ?? .nan)")
        }
    }

    @Test func mcNemarAgreesWithStatsmodels() throws {
        for item in try StatisticsReference.cases("mcnemar") {
            let (b, c) = (item.integer("b"), item.integer("c"))
            let test = McNemarTest(firstOnly: b, secondOnly: c, tasks: 70 + b + c)
            #expect(agree(test.exact.pValue, item[required: "exact"].number("pvalue")), "\(item)")
            #expect(test.exact.statistic == item[required: "exact"].number("statistic"))
            guard item["mid_p"] != nil else { continue }
            #expect(agree(test.midPValue, item.number("mid_p"), within: 1e-11), "\(item)")
            for (key, continuity) in [("chi2_continuity", true), ("chi2_plain", false)] {
                let result = test.chiSquared(continuity: continuity)
                #expect(agree(result.statistic, item[required: key].number("statistic")), "\(item)")
                #expect(agree(result.pValue, item[required: key].number("pvalue")), "\(item)")
            }
            #expect(agree(test.pValueOfFirstBetter, item.number("one_sided_more_b_than_c")), "\(item)")
            #expect(agree(test.oddsRatio, item.number("paired_odds_ratio")), "\(item)")
            let interval = try #require(test.oddsRatioInterval())
            // scipy's own inverse is off by 3e-12 in one case, which exact arithmetic shows.
            let expected = item.numbers("paired_odds_ratio_ci95_exact")
            #expect(agree([interval.lower, interval.upper], expected, within: 1e-11), "\(item)")
            #expect(agree(test.rateDifference, item.number("risk_difference")), "\(item)")
        }
    }

    @Test(arguments: ["cochrans_q", "friedman"])
    func omnibusTestsAgree(section: String) throws {
        for item in try StatisticsReference.cases(section) {
            let table = item.table("matrix")
            let result =
                section == "friedman"
                ? OmnibusTest.friedman(table) : OmnibusTest.cochransQ(table.map { $0.map { $0 == 1 } })
            #expect(agree(result?.statistic, item.number("statistic")), "\(item["name"] ?? nil)")
            #expect(agree(result?.pValue, item.number("pvalue")), "\(item["name"] ?? nil)")
        }
    }

    @Test func multipleComparisonsAgree() throws {
        for item in try StatisticsReference.cases("multiple_comparisons") {
            for method in MultipleComparisons.allCases {
                let expected = item[required: method.rawValue]
                #expect(agree(method.adjusted(item.numbers("pvalues")), expected.numbers("adjusted")), "\(method)")
                let rejects = method.rejects(item.numbers("pvalues"), significance: item.number("alpha"))
                #expect(rejects == expected.flags("reject"), "\(method) \(item)")
            }
        }
    }

    @Test func proportionIntervalsAgree() throws {
        for item in try StatisticsReference.cases("proportion_interval") {
            let share = try #require(Proportion(successes: item.integer("count"), of: item.integer("nobs")))
            for (key, level) in [("alpha_0.05", 0.95), ("alpha_0.01", 0.99)] {
                let expected = item[required: key]
                let intervals = [
                    ("wilson", share.wilsonInterval(level: level)),
                    ("beta", share.clopperPearsonInterval(level: level)),
                    ("jeffreys", share.jeffreysInterval(level: level)),
                    ("agresti_coull", share.agrestiCoullInterval(level: level)),
                    ("normal", share.normalInterval(level: level)),
                ]
                for (name, interval) in intervals {
                    #expect(
                        agree([interval.lower, interval.upper], expected.numbers(name)), "\(name) \(key) \(share)")
                }
            }
        }
    }

    @Test func wilcoxonAgreesWithScipy() throws {
        let alternatives = ["two-sided": Alternative.twoSided, "less": .less, "greater": .greater]
        var compared = 0
        for item in try StatisticsReference.cases("wilcoxon_signed_rank") {
            let differences = item.numbers("differences")
            for expected in item[required: "results"].arrayValue ?? [] {
                let zeros = try #require(
                    WilcoxonSignedRankTest.ZeroMethod(rawValue: expected["zero_method"]?.stringValue ?? ""))
                let alternative = try #require(alternatives[expected["alternative"]?.stringValue ?? ""])
                let test = WilcoxonSignedRankTest(differences, zeros: zeros)
                let method: WilcoxonSignedRankTest.Method =
                    switch expected["method"]?.stringValue {
                    case "exact": .exact
                    case "auto": .automatic
                    default: .normal(continuity: expected["correction"]?.boolValue ?? false)
                    }
                let result = test.result(alternative, method: method)
                #expect(agree(result.pValue, expected.number("pvalue")), "\(item["name"] ?? nil) \(expected)")
                #expect(agree(result.statistic, expected.number("statistic")), "\(item["name"] ?? nil) \(expected)")
                compared += 1
            }
            if let correlation = item["rank_biserial"] {
                #expect(agree(WilcoxonSignedRankTest(differences).rankBiserial, correlation.number))
            }
        }
        #expect(compared > 100)
    }

    @Test func signFlipsAgreeWithScipy() throws {
        for item in try StatisticsReference.cases("sign_flip_permutation_exact") {
            let test = try #require(SignFlipTest(item.numbers("differences")))
            #expect(test.isExact)
            #expect(agree(test.result.pValue, item.number("pvalue")), "\(item)")
            #expect(agree(test.result.statistic, item.number("statistic")), "\(item)")
        }
    }

    @Test func pairedDifferencesAgree() throws {
        for item in try StatisticsReference.cases("paired_t_and_effect_sizes") {
            let paired = try #require(PairedComparison(item.numbers("differences")))
            let interval = paired.interval()
            let values: [(String, Double)] = [
                ("t", paired.tTest.statistic), ("pvalue", paired.tTest.pValue),
                ("df", paired.tTest.degreesOfFreedom ?? 0),
                ("cohens_dz", paired.cohensDz), ("hedges_gz", paired.hedgesGz), ("sign_test_p", paired.signTestPValue),
                ("tost_margin_0.5_p", paired.equivalencePValue(margin: 0.5)),
            ]
            for (key, value) in values {
                #expect(agree(value, item.number(key), within: 1e-11), "\(key) \(item["name"] ?? nil)")
            }
            #expect(agree([interval.lower, interval.upper], item.numbers("ci95"), within: 1e-11))
            let plain = try #require(item.numbers("differences").studentInterval())
            #expect(agree([plain.lower, plain.upper], [interval.lower, interval.upper]))
        }
    }

    @Test func independentGroupsAgree() throws {
        for item in try StatisticsReference.cases("independent_samples") {
            let (x, y) = (item.numbers("x"), item.numbers("y"))
            for (key, result) in [
                ("student", IndependentComparison.student(x, y)), ("welch", IndependentComparison.welch(x, y)),
                ("mannwhitney", IndependentComparison.mannWhitney(x, y)),
            ] {
                let result = try #require(result)
                #expect(agree([result.statistic, result.pValue], item.numbers(key)), "\(key)")
            }
            #expect(agree(EffectSize.cohensD(x, y), item.number("cohens_d_pooled")))
            #expect(agree(EffectSize.cliffsDelta(x, y), item.number("cliffs_delta")))
        }
    }

    @Test func effectSizesAndAgreementAgree() throws {
        for item in try StatisticsReference.cases("cohens_h") {
            #expect(agree([EffectSize.cohensH(item.number("p1"), item.number("p2"))], [item.number("h")]), "\(item)")
        }
        for item in try StatisticsReference.cases("cohens_kappa") {
            let kappa = try #require(Agreement.cohensKappa(item.table("table").map { $0.map { Int($0) } }))
            #expect(agree(kappa.value, item.number("kappa")), "\(item)")
            #expect(agree(kappa.standardError, item.number("std")), "\(item)")
            #expect(agree([kappa.interval().lower, kappa.interval().upper], item.numbers("ci95")), "\(item)")
        }
        for item in try StatisticsReference.cases("fleiss_kappa") {
            #expect(agree(Agreement.fleissKappa(item.table("table").map { $0.map { Int($0) } }), item.number("kappa")))
        }
    }

    @Test func passEstimatesAgree() throws {
        for item in try StatisticsReference.cases("pass_hat_k") {
            let trials = item.integer("trials")
            let tasks = item.numbers("successes_per_task").map { TaskTrials(count: trials, successes: Int($0)) }
            let estimates = PassEstimates(tasks)
            #expect(estimates.maximumK == trials)
            for k in 1...trials {
                #expect(agree(estimates.passHatK[k - 1], item[required: "pass_hat_k"].number("\(k)")))
                #expect(agree(estimates.passAtK[k - 1], item[required: "pass_at_k"].number("\(k)")))
            }
        }
    }

    @Test(arguments: ["paired_bootstrap", "clustered_bootstrap"])
    func bootstrapsAgree(section: String) throws {
        for item in try StatisticsReference.cases(section) {
            var differences = item.numbers("differences")
            if section == "clustered_bootstrap" {
                differences = (item["trials"]?.arrayValue ?? []).map { task in
                    ((task[1]?.numbers.mean ?? .nan) - (task[0]?.numbers.mean ?? .nan))
                }
                #expect(agree(differences, item.numbers("per_task_difference")))
            }
            let options = Bootstrap.Options(
                replicates: item["replicates"]?.intValue ?? 2000, seed: UInt64(item["seed"]?.intValue ?? 42))
            let bootstrap = try #require(Bootstrap(meanOf: differences, options: options))
            #expect(agree(Array(bootstrap.replicates.prefix(10)), item.numbers("first_10_replicates")))
            #expect(agree([bootstrap.estimate], [item.number("estimate")]))
            #expect(agree([bootstrap.standardError], [item.number("standard_error")]))
            #expect(agree([bootstrap.biasCorrection], [item.number("bca_z0")]))
            #expect(agree([bootstrap.acceleration], [item.number("bca_acceleration")]))
            #expect(agree(bootstrap.pValueOfZero, item.number("p_two_sided_percentile")))
            let corrected = try #require(bootstrap.biasCorrectedInterval())
            for (key, interval) in [
                ("percentile", bootstrap.percentileInterval()), ("basic", bootstrap.basicInterval()),
                ("bca", corrected),
            ] {
                #expect(agree([interval.lower, interval.upper], item.numbers(key)), "\(key) \(item["name"] ?? nil)")
            }
        }
    }

    @Test func aWholeStudyAgrees() throws {
        for item in try StatisticsReference.cases("study_example") {
            let outcomes = item.table("matrix").map { $0.map { $0 == 1 } }
            let omnibus = try #require(OmnibusTest.cochransQ(outcomes))
            let found = [omnibus.statistic, omnibus.degreesOfFreedom ?? .nan, omnibus.pValue]
            #expect(agree(found, item.numbers("omnibus")))
            let comparisons = item["comparisons"]?.arrayValue ?? []
            var pValues: [Double] = []
            for (place, expected) in comparisons.enumerated() {
                let (control, variant) = (outcomes.map { $0[0] }, outcomes.map { $0[place + 1] })
                let test = McNemarTest(variant, control)
                #expect(test.firstOnly == expected.integer("variant_only"))
                #expect(test.secondOnly == expected.integer("control_only"))
                #expect(agree(test.exact.pValue, expected.number("p_exact")))
                #expect(agree(test.rateDifference, expected.number("difference")))
                pValues.append(test.exact.pValue)
                let rates = [variant, control].map { Double($0.count { $0 }) / Double($0.count) }
                #expect(agree(EffectSize.cohensH(rates[0], rates[1]), expected.number("cohens_h"), within: 1e-11))
                let share = try #require(Proportion(successes: variant.count { $0 }, of: variant.count))
                let wilson = share.wilsonInterval()
                #expect(agree([wilson.lower, wilson.upper], expected.numbers("wilson95")))
                let differences = zip(variant, control).map { ($0 ? 1.0 : 0) - ($1 ? 1 : 0) }
                let bootstrap = Bootstrap(meanOf: differences, options: .init(replicates: 2000, seed: 42))
                let interval = try #require(bootstrap?.percentileInterval())
                #expect(agree([interval.lower, interval.upper], expected.numbers("bootstrap_percentile95")))
            }
            #expect(agree(MultipleComparisons.holm.adjusted(pValues), comparisons.map { $0.number("p_holm") }))
        }
    }
}
