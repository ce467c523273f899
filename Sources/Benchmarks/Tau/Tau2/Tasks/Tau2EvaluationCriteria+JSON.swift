import Evaluation
public import JSON

extension Tau2EvaluationCriteria {
    init(object: JSONObject, owner: String) throws(EvaluationError) {
        actions = try object.optionalList("actions", of: owner).map { items throws(EvaluationError) in
            var actions: [Tau2Action] = []
            for item in items { actions.append(try Tau2Action(json: item, owner: owner)) }
            return actions
        }
        environmentAssertions = try object.optionalList("env_assertions", of: owner)
            .map { items throws(EvaluationError) in
                var assertions: [Tau2EnvironmentAssertion] = []
                for item in items { assertions.append(try Tau2EnvironmentAssertion(json: item, owner: owner)) }
                return assertions
            }
        communicateInfo = try object.optionalStrings("communicate_info", of: owner)
        naturalLanguageAssertions = try object.optionalStrings("nl_assertions", of: owner)
        guard let names = try object.optionalStrings("reward_basis", of: owner) else {
            rewardBasis = Self.defaultRewardBasis
            return
        }
        rewardBasis = []
        for name in names {
            guard let component = Tau2RewardComponent(rawValue: name) else {
                throw .malformedTau2("'\(name)' in the reward basis of \(owner) is no part of a reward")
            }
            rewardBasis.append(component)
        }
    }

    /// The criteria in the official shape.
    public var json: JSONValue {
        [
            "actions": actions.map { .array($0.map(\.json)) } ?? .null,
            "env_assertions": environmentAssertions.map { .array($0.map(\.json)) } ?? .null,
            "communicate_info": JSONValue(optional: communicateInfo),
            "nl_assertions": JSONValue(optional: naturalLanguageAssertions),
            "reward_basis": .array(rewardBasis.map { .string($0.rawValue) }),
        ]
    }
}

extension Tau2Action {
    init(json: JSONValue, owner: String) throws(EvaluationError) {
        guard let object = json.objectValue else { throw .malformedTau2("an action of \(owner) must be an object") }
        id = try object.requiredString("action_id", of: owner)
        requestor = try object.requestor("requestor", of: owner) ?? .assistant
        name = try object.requiredString("name", of: owner)
        arguments = try object.requiredObject("arguments", of: owner)
        info = try object.optionalString("info", of: owner)
        comparedArguments = try object.optionalStrings("compare_args", of: owner)
    }

    /// The action in the official shape.
    var json: JSONValue {
        [
            "action_id": .string(id), "requestor": .string(requestor.rawValue), "name": .string(name),
            "arguments": .object(arguments), "info": JSONValue(optional: info),
            "compare_args": JSONValue(optional: comparedArguments),
        ]
    }

    /// The action as a call in Python's words: `name(a=1, b=x)`.
    var callText: String {
        "\(name)(\(arguments.map { "\($0.key)=\($0.value.pythonText)" }.joined(separator: ", ")))"
    }
}

extension Tau2EnvironmentAssertion {
    init(json: JSONValue, owner: String) throws(EvaluationError) {
        call = try EnvironmentCall(tau2: json, owner: owner)
        expected = json["assert_value"]?.boolValue ?? true
        message = try json.objectValue?.optionalString("message", of: owner)
    }

    /// The assertion in the official shape.
    var json: JSONValue {
        var object = call.tau2JSON
        object["assert_value"] = .bool(expected)
        object["message"] = JSONValue(optional: message)
        return object
    }
}
