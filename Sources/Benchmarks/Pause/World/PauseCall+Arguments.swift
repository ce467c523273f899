import Evaluation
import JSON

extension PauseCall {
    /// Refuses arguments that the tool does not have, and required ones that are missing.
    func bind(to blueprint: ToolBlueprint) throws(ToolStop) {
        let names = blueprint.parameters.map(\.name)
        for (name, _) in arguments where !names.contains(name) {
            var message = "\(tool)() got an unexpected argument '\(name)'"
            if let near = NearMiss.find(name, among: names) { message += "; did you mean '\(near)'?" }
            throw .type(message)
        }
        let missing = blueprint.parameters.filter { $0.isRequired && arguments[$0.name] == nil }.map(\.name)
        guard missing.isEmpty else {
            throw .type("\(tool)() is missing: \(missing.joined(separator: ", "))")
        }
    }

    func text(_ name: String) throws(ToolStop) -> String {
        guard let value = arguments[name]?.stringValue else { throw wrongType(name, "text") }
        return value
    }

    func optionalText(_ name: String) throws(ToolStop) -> String? {
        guard let value = arguments[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw wrongType(name, "text") }
        return text
    }

    /// An integer; a number without a fraction counts as one.
    func integer(_ name: String) throws(ToolStop) -> Int {
        if let value = arguments[name]?.intValue { return value }
        guard let number = arguments[name]?.doubleValue, let value = Int(exactly: number) else {
            throw wrongType(name, "an integer")
        }
        return value
    }

    func number(_ name: String) throws(ToolStop) -> Double {
        guard let value = arguments[name]?.doubleValue, value.isFinite else { throw wrongType(name, "a number") }
        return value
    }

    func flag(_ name: String) throws(ToolStop) -> Bool {
        guard let value = arguments[name]?.boolValue else { throw wrongType(name, "true or false") }
        return value
    }

    func list(_ name: String) throws(ToolStop) -> [JSONValue] {
        guard let value = arguments[name]?.arrayValue else { throw wrongType(name, "a list") }
        return value
    }

    /// A list, where null and a missing argument are empty.
    func optionalList(_ name: String) throws(ToolStop) -> [JSONValue]? {
        guard let value = arguments[name], !value.isNull else { return nil }
        return try list(name)
    }

    func optionalObject(_ name: String) throws(ToolStop) -> JSONObject? {
        guard let value = arguments[name], !value.isNull else { return nil }
        guard let object = value.objectValue else { throw wrongType(name, "an object") }
        return object
    }

    func day(_ name: String) throws(ToolStop) -> CalendarDay {
        let text = try text(name)
        guard let day = CalendarDay(text) else { throw .value("\(name) must be a date YYYY-MM-DD, not '\(text)'") }
        return day
    }

    func moment(_ name: String) throws(ToolStop) -> DayTime {
        let text = try text(name)
        guard let moment = DayTime(text) else {
            throw .value("\(name) must be a time YYYY-MM-DDTHH:MM:SS, not '\(text)'")
        }
        return moment
    }

    /// The range from `start_date` to `end_date`.
    func days() throws(ToolStop) -> ClosedRange<CalendarDay>? {
        let first = try day("start_date")
        let last = try day("end_date")
        return first <= last ? first...last : nil
    }

    private func wrongType(_ name: String, _ wanted: String) -> ToolStop {
        .type("\(name) must be \(wanted), not \(arguments[name]?.typeName ?? "missing")")
    }
}
