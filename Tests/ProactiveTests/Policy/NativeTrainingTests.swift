import Glibc
import JSON
import Testing

@testable import Proactive

@Suite("Native training")
struct NativeTrainingTests {
    @Test func startsAtLogTwoAndFalls() throws {
        let trained = PolicyTrainer().train(on: PolicyFixtures.pairs(200))
        let first = try #require(trained.curve.first)
        let last = try #require(trained.curve.last)
        #expect(abs(first.loss - log(2.0)) < 1e-12)
        #expect(last.loss < 0.35)
        #expect(last.step == 200)
        #expect(try #require(last.heldOutLoss) < #require(first.heldOutLoss))
    }

    @Test func learnsTheRule() throws {
        let trained = PolicyTrainer().train(on: PolicyFixtures.pairs(500))
        let heldOut = try #require(trained.heldOut)
        #expect(heldOut.value >= 0.9)
        #expect(heldOut.value > heldOut.majority)
        #expect(try #require(trained.crossFit).value >= 0.95)
        let weights = Dictionary(uniqueKeysWithValues: trained.policy.factWeights.map { ($0.name, $0.weight) })
        #expect(try #require(weights["unclear_and_not_rejected"]) > 0)
        #expect(try #require(weights["turn_3_or_more"]) < 0)
    }

    @Test func takesLessThanASecondFor500Pairs() throws {
        let pairs = PolicyFixtures.pairs(500)
        // Other tests run beside this one: the fastest of a few counts.
        let durations = (0..<3).map { _ in PolicyTrainer().train(on: pairs).duration }
        #expect(try #require(durations.min()) < .seconds(1))
    }

    @Test func isTheSameForTheSameSeed() {
        let pairs = PolicyFixtures.pairs(120, noise: 0.1)
        let first = PolicyTrainer().train(on: pairs)
        #expect(first.policyJSON.isIdentical(to: PolicyTrainer().train(on: pairs).policyJSON))
        var settings = TrainingSettings()
        settings.seed = 43
        #expect(first.policy != PolicyTrainer(settings: settings).train(on: pairs).policy)
    }

    @Test func reloadsToTheSamePredictions() throws {
        let pairs = PolicyFixtures.pairs(150, noise: 0.05)
        let trained = PolicyTrainer().train(on: pairs, source: .init(file: "prefs.jsonl", digest: "abc"))
        let text = trained.policyJSON.text(.pretty)
        let loaded = try LogLinearPolicy(json: try JSONValue.parse(text))
        for pair in pairs {
            #expect(loaded.margin(of: pair.state) == trained.policy.margin(of: pair.state))
        }
        let provenance = try PolicyProvenance(json: try #require(trained.policyJSON["trained_on"]))
        #expect(provenance == trained.provenance)
        #expect(provenance.file == "prefs.jsonl")
        #expect(provenance.states.count + provenance.heldOut.count == 150)
    }

    /// Of pairs that all look the same, a share p of which prefers Clarify, the best d is logit(p) / β above the
    /// reference's.
    @Test(arguments: [nil, 3.0])
    func findsTheOptimumOfTheLoss(referenceBias: Double?) {
        let pairs = (0..<100).map {
            PolicyFixtures.pair(PolicyFixtures.state("s-\($0)"), prefers: $0 % 5 == 0 ? .execute : .clarify)
        }
        var settings = TrainingSettings()
        settings.heldOutShare = 0
        settings.weightDecay = 0
        settings.epochs = 400
        var reference: LogLinearPolicy?
        if let referenceBias {
            reference = .untrained()
            reference?.weights[0] = referenceBias
        }
        let trained = PolicyTrainer(settings: settings, reference: reference).train(on: pairs)
        let margin = trained.policy.margin(of: pairs[0].state) - (referenceBias ?? 0)
        #expect(abs(settings.beta * margin - log(4.0)) < 0.08)
    }

    @Test func personaSettlesConflicts() throws {
        let impatient = Persona.standard(.coding)[1]
        let pairs = (0..<60).flatMap { number in
            let state = PolicyFixtures.state("s-\(number)")
            return [
                PolicyFixtures.pair(state, prefers: .clarify),
                PolicyFixtures.pair(state, prefers: .execute, persona: impatient),
            ]
        }
        let blind = try #require(PolicyTrainer().train(on: pairs).heldOut)
        #expect(blind.ceiling == 0.5)
        #expect(blind.factCeiling == 0.5)
        #expect(blind.value == 0.5)
        var settings = TrainingSettings()
        settings.rendersPersona = true
        let seeing = try #require(PolicyTrainer(settings: settings).train(on: pairs).heldOut)
        #expect(seeing.ceiling == 1)
        #expect(seeing.value == 1)
    }

    @Test func anUntrainedPolicyExecutes() {
        let policy = LogLinearPolicy.untrained()
        let cases = PolicyFixtures.pairs(5).map { DecisionCase(pair: $0) }
        #expect(policy.predictions(for: cases).allSatisfy { $0.action == .execute && $0.margin == 0 })
    }

    @Test(arguments: [
        #"{}"#, #"{"format":"gage.proactive.log_linear","version":2}"#,
        #"{"format":"gage.proactive.log_linear","version":1,"features":{"words":{"buckets":64,"hash":"fnv1a-32"}},"weights":{}}"#,
        #"{"format":"gage.proactive.log_linear","version":1,"features":{"facts":[],"words":{"buckets":4096,"hash":"fnv1a-32"}},"weights":{"nose":1}}"#,
        #"{"format":"gage.proactive.log_linear","version":1,"features":{"facts":[],"words":{"buckets":4096,"hash":"fnv1a-32"}},"weights":{"bias":"x"}}"#,
    ])
    func refusesFilesOfOtherShapes(text: String) throws {
        let json = try JSONValue.parse(text)
        #expect(throws: (any Error).self) { try LogLinearPolicy(json: json) }
    }

    @Test func oneStateIsTrainedOnAndNothingHeldOut() {
        let trained = PolicyTrainer().train(on: [PolicyFixtures.pair(PolicyFixtures.state("a"), prefers: .clarify)])
        #expect(trained.heldOut == nil)
        #expect(trained.split.training.count == 1)
    }
}
