import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("The original τ-bench's reward")
struct Tau1RewardTests {
    private let domain: Tau1Domain

    init() throws { domain = try OwnTau1Data().domain(.retail) }

    private static let cancel = Tau1Action(
        name: "cancel_pending_order", arguments: ["order_id": "#W1", "reason": "ordered by mistake"])

    private func play(_ actions: [Tau1Action], task: Int) throws -> Tau1Environment {
        var environment = Tau1Environment(try domain.task(task, inSplit: "test"), in: domain)
        for action in actions { _ = environment.step(action) }
        return environment
    }

    @Test func equalDataAreEnoughWhereNothingHasToBeSaid() throws {
        let done = try play([Self.cancel], task: 0)
        let reward = try Tau1Reward(of: done)
        #expect(reward.value == 1)
        #expect(!reward.isGoldInert)
        let json = reward.json(for: done.task, in: domain)
        #expect(json["info"] == ["r_actions": 1.0, "gt_data_hash": .string(done.world.digest)])
        #expect(json["actions"]?.arrayValue?.count == 2)
        #expect(try Tau1Reward(of: play([], task: 0)).value == 0)
    }

    @Test(
        "Outputs are substrings of answers, in lower case and without commas",
        arguments: [
            (["It was $1,020.50, red."], 1.0), (["$1020.5"], 0.0), (["$1020.5", "RED"], 1.0),
            (["order 91020.512", "colouRED"], 1.0), ([], 0.0),
        ] as [([String], Double)])
    func outputs(answers: [String], value: Double) throws {
        let environment = try play(answers.map { .respond(.string($0)) }, task: 1)
        let reward = try Tau1Reward(of: environment)
        #expect(reward.value == value)
        #expect(reward.actionsMatch)
        #expect(reward.json(for: environment.task, in: domain)["info"]?["r_outputs"] == JSONValue(value))
    }

    @Test func whatIsSaidBesidesAToolCallDoesNotCount() throws {
        let environment = try play([.init(name: "think", arguments: ["thought": "1020.5 red"])], task: 1)
        #expect(try Tau1Reward(of: environment).outputs.map(\.isFound) == [false, false])
    }

    @Test func outputsTakeThePlaceOfTheVerdictOnTheData() throws {
        let environment = try play([Self.cancel, .respond("1020.5 red")], task: 1)
        let reward = try Tau1Reward(of: environment)
        #expect(reward.value == 0)
        #expect(
            reward.json(for: environment.task, in: domain)["info"]
                == ["r_outputs": 1.0, "outputs": ["1020.5": true, "Red": true]])
    }

    @Test func anAnswerWithoutTextSaysNothingOrRaises() throws {
        let environment = try play([.respond(.null), .respond("1020.5 red")], task: 1)
        #expect(try Tau1Reward(of: environment).value == 1)
        #expect(throws: PythonException(.attributeError, "'NoneType' object has no attribute 'lower'")) {
            try Tau1Reward(of: environment, missingText: .raises)
        }
    }

    @Test func expectedActionsThatSucceedAndChangeNothingAreFoundOut() throws {
        let address: JSONObject = [
            "user_id": "ann_lee_1", "address1": "1 Hill", "address2": "", "city": "Town", "country": "USA",
            "state": "TX", "zip": "00001",
        ]
        let same = Tau1Task(
            id: 9, userID: "", instruction: "", actions: [.init(name: "modify_user_address", arguments: address)])
        #expect(try Tau1Reward(of: Tau1Environment(same, in: domain)).isGoldInert)
        let refused = Tau1Task(
            id: 9, userID: "", instruction: "", actions: [.init(name: "modify_user_address", arguments: [:])])
        #expect(try !Tau1Reward(of: Tau1Environment(refused, in: domain)).isGoldInert)
    }

    @Test("Integers, floats and booleans that are equal are different data", arguments: [1.0, true] as [JSONValue])
    func numberTypes(value: JSONValue) throws {
        let airline = try OwnTau1Data().domain(.airline)
        var environment = Tau1Environment(try airline.task(0, inSplit: "test"), in: airline)
        var action = environment.task.actions[0]
        action.arguments["total_baggages"] = value
        _ = environment.step(action)
        #expect(try Tau1Reward(of: environment).value == 0)
    }
}
