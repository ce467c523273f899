import Evaluation
import JSON

/// Turns a trajectory into entries, every result put with the call that it answers.
struct TranscriptMessages {
    private(set) var entries: [TranscriptView.Entry] = []
    /// For a result that stands with its call: which message made the call.
    private(set) var resultOwners: [Int: Int] = [:]
    private let limits: TranscriptLimits
    /// Calls without a result so far, the newest last: identifier, place among the entries, place among its calls.
    private var open: [(id: String, entry: Int, call: Int)] = []

    init(limits: TranscriptLimits) { self.limits = limits }

    mutating func add(_ trajectory: Trajectory) {
        for (index, entry) in trajectory.entries.enumerated() { add(entry, at: index) }
    }

    private mutating func add(_ entry: Trajectory.Entry, at index: Int) {
        if entry.message.role == .tool, let place = takeCall(answeredBy: entry) {
            let result = TranscriptView.Result(
                index: index, content: TranscriptContent(entry.message.text ?? "", limit: limits.text),
                isError: entry.message.isError, duration: entry.duration)
            entries[place.entry].calls[place.call].result = result
            resultOwners[index] = entries[place.entry].index
            return
        }
        entries.append(view(of: entry, at: index))
        for (number, call) in entry.message.toolCalls.enumerated() {
            open.append((call.id, entries.count - 1, number))
        }
    }

    /// The newest open call with the result's identifier and the same caller; identifiers may repeat in a dialogue.
    private mutating func takeCall(answeredBy entry: Trajectory.Entry) -> (entry: Int, call: Int)? {
        guard let id = entry.message.toolCallID else { return nil }
        let found = open.lastIndex { call in
            call.id == id && (entry.requester == nil || entries[call.entry].speaker == entry.requester)
        }
        guard let found else { return nil }
        let call = open.remove(at: found)
        return (call.entry, call.call)
    }

    private func view(of entry: Trajectory.Entry, at index: Int) -> TranscriptView.Entry {
        let message = entry.message
        var view = TranscriptView.Entry(
            index: index, speaker: entry.speaker, role: message.role, name: message.name, time: entry.time,
            duration: entry.duration)
        if let text = message.text, !text.isEmpty { view.content = TranscriptContent(text, limit: limits.text) }
        if let thought = message.reasoning, !thought.isEmpty {
            view.reasoning = TranscriptContent(thought, limit: limits.text)
        }
        view.calls = message.toolCalls.map(call)
        if case .segments(let segments) = message.content { view.attachments = segments.compactMap(attachment) }
        view.isError = message.isError
        view.usage = entry.usage
        view.cost = entry.cost
        view.model = entry.model
        view.finishReason = entry.finishReason
        return view
    }

    private func call(_ call: ToolCall) -> TranscriptView.Call {
        TranscriptView.Call(
            name: call.name,
            arguments: call.arguments.map { ($0.key, TranscriptContent($0.value, limit: limits.text)) },
            brief: Self.brief(call.arguments), result: nil)
    }

    /// The arguments in one line of at most some hundred characters.
    private static func brief(_ arguments: JSONObject) -> String {
        var text = ""
        for (key, value) in arguments {
            if !text.isEmpty { text += ", " }
            let shown = value.stringValue ?? value.text()
            text += "\(key): \(TranscriptContent.cut(shown, to: 80).kept)"
            guard text.utf8.count < 160 else { return TranscriptContent.cut(text, to: 160).kept + "…" }
        }
        return text
    }

    private func attachment(_ segment: Message.Segment) -> TranscriptView.Attachment? {
        guard case .other(let object) = segment else { return nil }
        let kind = object["type"]?.stringValue ?? "attachment"
        let holder = object[kind]
        let url = holder?["url"]?.stringValue ?? holder?.stringValue ?? ""
        let isSafe = Self.pictureKinds.contains { url.hasPrefix("data:image/\($0);base64,") }
        let isShown = isSafe && url.utf8.count <= limits.picture && Self.isBase64(url)
        let shown = url.hasPrefix("data:") ? String(url.prefix { $0 != "," }) : TranscriptContent.cut(url, to: 300).kept
        let size = url.hasPrefix("data:") ? ", \(url.utf8.count * 3 / 4 / 1024) KiB" : ""
        return TranscriptView.Attachment(
            kind: kind, picture: isShown ? url : nil, description: shown.isEmpty ? kind : "\(kind): \(shown)\(size)")
    }

    /// Kinds of pictures that cannot hold anything that runs: SVG is not among them.
    private static let pictureKinds = ["png", "jpeg", "gif", "webp"]

    private static func isBase64(_ url: String) -> Bool {
        guard let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else { return false }
        return url.utf8[url.utf8.index(after: comma)...].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
                true
            default: false
            }
        }
    }
}
