public import Evaluation
public import JSON

extension Tau2Task {
    /// Reads a task in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names the task and key.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let id = object["id"]?.stringValue else {
            throw .malformedTau2("a task needs an id that is text")
        }
        let owner = "task '\(id)'"
        self.id = id
        description = try object.optionalObject("description", of: owner)
        userScenario = try Tau2UserScenario(object: object.requiredObject("user_scenario", of: owner), owner: owner)
        ticket = try object.optionalString("ticket", of: owner)
        initialState = try object.optionalObject("initial_state", of: owner).map { state throws(EvaluationError) in
            try Tau2InitialState(object: state, owner: owner)
        }
        evaluationCriteria = try object.optionalObject("evaluation_criteria", of: owner)
            .map { criteria throws(EvaluationError) in
                try Tau2EvaluationCriteria(object: criteria, owner: owner)
            }
        issues = object["issues"] ?? .null
        requiredDocuments = try object.optionalStrings("required_documents", of: owner)
        userTools = try object.optionalStrings("user_tools", of: owner)
    }

    /// The task in the official shape, every key there.
    public var json: JSONValue {
        var purpose = JSONValue.null
        if let description {
            purpose = .object(
                JSONObject(
                    entries: ["purpose", "relevant_policies", "notes"].map { ($0, description[$0] ?? .null) }))
        }
        return [
            "id": .string(id), "description": purpose, "user_scenario": userScenario.json,
            "ticket": JSONValue(optional: ticket), "initial_state": initialState?.json ?? .null,
            "evaluation_criteria": evaluationCriteria?.json ?? .null, "issues": issues,
            "required_documents": JSONValue(optional: requiredDocuments),
            "user_tools": JSONValue(optional: userTools),
        ]
    }
}

extension Tau2UserScenario {
    init(object: JSONObject, owner: String) throws(EvaluationError) {
        persona = try object.optionalString("persona", of: owner)
        switch object["instructions"] {
        case .string(let text): instructions = .text(text)
        case .object(let parts):
            instructions = .structured(
                Structured(
                    domain: try parts.requiredString("domain", of: owner),
                    reasonForCall: try parts.requiredString("reason_for_call", of: owner),
                    knownInfo: try parts.optionalString("known_info", of: owner),
                    unknownInfo: try parts.optionalString("unknown_info", of: owner),
                    taskInstructions: try parts.requiredString("task_instructions", of: owner)))
        default: throw .malformedTau2("the user scenario of \(owner) needs 'instructions': text or an object")
        }
    }
}

extension Tau2InitialState {
    init(object: JSONObject, owner: String) throws(EvaluationError) {
        let data = try object.optionalObject("initialization_data", of: owner)
        hasInitializationData = data != nil
        agentData = try data?.optionalObject("agent_data", of: owner)
        userData = try data?.optionalObject("user_data", of: owner)
        initializationActions = try object.optionalList("initialization_actions", of: owner)
            .map { items throws(EvaluationError) in
                var calls: [EnvironmentCall] = []
                for item in items { calls.append(try EnvironmentCall(tau2: item, owner: owner)) }
                return calls
            }
        messageHistory = try object.optionalList("message_history", of: owner).map { items throws(EvaluationError) in
            var messages: [Tau2Message] = []
            for item in items { messages.append(try Tau2Message(json: item)) }
            return messages
        }
    }

    /// The state as worlds take it.
    var worldState: InitialState {
        InitialState(agentData: agentData, userData: userData, actions: initializationActions ?? [])
    }

    /// The state in the official shape.
    var json: JSONValue {
        var data = JSONValue.null
        if hasInitializationData {
            data = ["agent_data": JSONValue(optional: agentData), "user_data": JSONValue(optional: userData)]
        }
        return [
            "initialization_data": data,
            "initialization_actions": initializationActions.map { .array($0.map(\.tau2JSON)) } ?? .null,
            "message_history": messageHistory.map { .array($0.map(\.json)) } ?? .null,
        ]
    }
}

extension EnvironmentCall {
    init(tau2 json: JSONValue, owner: String) throws(EvaluationError) {
        guard let object = json.objectValue, let environment = try object.requestor("env_type", of: owner) else {
            throw .malformedTau2("a function call of \(owner) needs 'env_type': assistant or user")
        }
        self.init(
            environment: environment, function: try object.requiredString("func_name", of: owner),
            arguments: try object.requiredObject("arguments", of: owner))
    }

    /// The call in the official shape.
    var tau2JSON: JSONValue {
        [
            "env_type": .string(environment.rawValue), "func_name": .string(function),
            "arguments": .object(arguments),
        ]
    }
}
