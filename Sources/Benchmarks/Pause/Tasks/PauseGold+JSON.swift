public import Evaluation
public import JSON

extension PauseGold {
    /// Reads the `gold` member of a task.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names the task's label and the member at fault.
    public init(json: JSONValue, label: String) throws(EvaluationError) {
        guard let object = json.objectValue else {
            throw PauseTask.malformed("gold of task '\(label)' is not an object")
        }
        self.init(forbidden: object["forbidden"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        for item in object["tool_calls"]?.arrayValue ?? [] {
            guard let name = item["name"]?.stringValue, let arguments = (item["arguments"] ?? [:]).objectValue else {
                throw PauseTask.malformed("a gold tool call of task '\(label)' needs a name and an object of arguments")
            }
            let wildcards = item["wildcards"]?.arrayValue?.compactMap(\.stringValue) ?? []
            toolCalls.append(
                Call(name: name, arguments: arguments, target: item["target"]?.intValue, wildcards: wildcards))
        }
        for item in object["user_actions"]?.arrayValue ?? [] {
            guard let before = item["before"]?.intValue, let name = item["name"]?.stringValue else {
                throw PauseTask.malformed("a gold user action of task '\(label)' needs 'before' and 'name'")
            }
            userActions.append(
                UserAction(before: before, name: name, arguments: item["arguments"]?.objectValue ?? [:]))
        }
        for item in object["answers"]?.arrayValue ?? [] {
            guard let target = item["target"]?.intValue, let key = item["key"]?.stringValue, let value = item["value"]
            else { throw PauseTask.malformed("a gold answer of task '\(label)' needs 'target', 'key' and 'value'") }
            answers.append(
                Answer(
                    target: target, key: key, value: value, tolerance: item["tolerance"]?.doubleValue ?? 0,
                    unit: item["unit"]?.stringValue))
        }
        let owners = object["state_targets"]?.objectValue ?? [:]
        for (path, value) in object["final_state"]?.objectValue ?? [:] {
            finalState.append(StateCondition(path: path, value: value, target: owners[path]?.intValue))
        }
    }

    /// The solution as the `gold` member of a task.
    public var json: JSONValue {
        var object: JSONObject = ["tool_calls": .array(toolCalls.map(\.json))]
        if !userActions.isEmpty { object["user_actions"] = .array(userActions.map(\.json)) }
        object["answers"] = .array(answers.map(\.json))
        object["final_state"] = .object(JSONObject(entries: finalState.map { (key: $0.path, value: $0.value) }))
        let owners = finalState.compactMap { condition in condition.target.map { (condition.path, $0) } }
        if !owners.isEmpty {
            object["state_targets"] = .object(JSONObject(entries: owners.map { (key: $0.0, value: JSONValue($0.1)) }))
        }
        object["forbidden"] = .array(forbidden.map { .string($0) })
        return .object(object)
    }
}

extension PauseGold.Call {
    var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "arguments": .object(arguments)]
        if let target { object["target"] = JSONValue(target) }
        if !wildcards.isEmpty { object["wildcards"] = .array(wildcards.map { .string($0) }) }
        return .object(object)
    }
}

extension PauseGold.UserAction {
    var json: JSONValue {
        ["before": JSONValue(before), "name": .string(name), "arguments": .object(arguments)]
    }
}

extension PauseGold.Answer {
    var json: JSONValue {
        var object: JSONObject = [
            "target": JSONValue(target), "key": .string(key), "value": value, "tolerance": JSONValue(tolerance),
        ]
        if let unit { object["unit"] = .string(unit) }
        return .object(object)
    }
}
