public import Evaluation
import JSON

extension Tau2Message {
    /// The messages of a trajectory in the official shape.
    ///
    /// `startedAt`, in seconds since 1970, dates them; without it they have no time.
    public static func messages(of trajectory: Trajectory, startedAt: Double? = nil) -> [Tau2Message] {
        trajectory.entries.enumerated().map { place, entry in
            var message = Tau2Message(entry)
            message.turnIndex = place
            message.timestamp = startedAt.map { PythonTime.text(secondsSince1970: $0 + entry.time) }
            return message
        }
    }

    /// One message of a trajectory in the official shape.
    init(_ entry: Trajectory.Entry) {
        let message = entry.message
        switch message.role {
        case .tool:
            self.init(role: .tool, content: message.text)
            callID = message.toolCallID ?? ""
            requestor = entry.requester == .user ? .user : .assistant
            isError = message.isError
            return
        case .user: self.init(role: .user, content: message.text)
        case .assistant: self.init(role: .assistant, content: message.text)
        case .system, .developer: self.init(role: .system, content: message.text)
        }
        if !message.toolCalls.isEmpty {
            let requestor: Requestor = role == .user ? .user : .assistant
            toolCalls = message.toolCalls.map {
                RecordedCall(id: $0.id, name: $0.name, arguments: $0.arguments, requestor: requestor)
            }
        }
        cost = entry.cost
        usage = entry.usage.map { usage in
            var counts: JSONObject = [:]
            if let output = usage.outputTokens { counts["completion_tokens"] = JSONValue(output) }
            if let input = usage.inputTokens { counts["prompt_tokens"] = JSONValue(input) }
            return counts
        }
    }

    /// The message as a trajectory holds it.
    var entry: Trajectory.Entry {
        let calls = (toolCalls ?? []).map { ToolCall(id: $0.id, name: $0.name, arguments: $0.arguments) }
        let text = content.map(Message.Content.text) ?? .empty
        switch role {
        case .tool:
            let message = Message(role: .tool, content: text, toolCallID: callID, isError: isError)
            return Trajectory.Entry(message, by: .environment, requester: requestor == .user ? .user : .agent)
        case .user: return spoken(Message(role: .user, content: text, toolCalls: calls), by: .user)
        case .assistant: return spoken(Message(role: .assistant, content: text, toolCalls: calls), by: .agent)
        case .system: return Trajectory.Entry(Message(role: .system, content: text), by: .environment)
        }
    }

    private func spoken(_ message: Message, by speaker: Participant) -> Trajectory.Entry {
        var entry = Trajectory.Entry(message, by: speaker)
        entry.cost = cost
        entry.usage = usage.map {
            Usage(inputTokens: $0["prompt_tokens"]?.intValue, outputTokens: $0["completion_tokens"]?.intValue)
        }
        return entry
    }

    /// Whether the agent sees the message.
    var isForAgent: Bool {
        switch role {
        case .assistant: true
        case .user: !isToolCall
        case .tool: requestor == .assistant
        case .system: false
        }
    }

    /// Whether the user sees the message.
    var isForUser: Bool {
        switch role {
        case .user: true
        case .assistant: !isToolCall
        case .tool: requestor == .user
        case .system: false
        }
    }

    /// What the messages of one side cost; nil as soon as the cost of one is unknown.
    public static func cost(of role: Role, in messages: [Tau2Message]) -> Double? {
        var sum = 0.0
        for message in messages where message.role == role {
            guard let cost = message.cost else { return nil }
            sum += cost
        }
        return sum
    }
}

/// Times as Python writes them.
enum PythonTime {
    /// An instant in ISO form with microseconds, in universal time.
    static func text(secondsSince1970 seconds: Double) -> String {
        let microseconds = Int64((seconds * 1_000_000).rounded())
        let (wholeSeconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let (days, rest) = wholeSeconds.quotientAndRemainder(dividingBy: 86_400)
        let date = civilDate(daysSince1970: Int(days))
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { padded(Int($0), 2) }.joined(separator: ":")
        let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        return fraction == 0 ? "\(day)T\(time)" : "\(day)T\(time).\(padded(Int(fraction), 6))"
    }

    /// The instant of a text in ISO form, taken as universal time; nil for any other text.
    static func seconds(_ text: String) -> Double? {
        let halves = text.split(whereSeparator: { $0 == "T" || $0 == " " })
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-").compactMap { Int($0) }
        let time = halves[1].prefix { $0.isNumber || $0 == ":" || $0 == "." }.split(separator: ":")
        guard date.count == 3, (1...12).contains(date[1]), time.count == 3, (0...9999).contains(date[0]),
            (1...31).contains(date[2]), let hour = Int(time[0]), let minute = Int(time[1]),
            let second = Double(time[2]), hour < 24, minute < 60, second < 62
        else { return nil }
        let day = daysSince1970(year: date[0], month: date[1], day: date[2])
        return Double(day * 86_400 + hour * 3600 + minute * 60) + second
    }

    /// The number of a Gregorian date's day, counted in years that begin in March as below.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = (month <= 2 ? year - 1 : year) + 400
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }

    /// The Gregorian date of a day, counted in years that begin in March so that leap days come last.
    private static func civilDate(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
