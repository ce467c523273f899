import JSON

/// A task as a language model wrote it.
struct TaskDraft: Hashable {
    var instruction: String
    var label: String
    var targets: [String]

    /// At most so many targets.
    static let maximumTargets = 5
    /// Fewer words than this.
    static let wordLimit = 200

    init(instruction: String, label: String, targets: [String]) {
        self.instruction = instruction
        self.label = label
        self.targets = targets
    }

    /// Reads an answer; nil when it is not a task of the demanded shape.
    init?(text: String) {
        guard let object = ModelJSON.object(in: text), let instruction = object["task_instruction"]?.stringValue,
            let label = object["label"]?.stringValue, let targets = object["targets"]?.arrayValue
        else { return nil }
        self.init(instruction: instruction, label: label, targets: targets.compactMap(\.stringValue))
        guard self.targets.count == targets.count, isWellFormed else { return nil }
    }

    /// Whether the shape is as demanded.
    var isWellFormed: Bool {
        let words = instruction.split(whereSeparator: \.isWhitespace).count
        return !label.isEmpty && (1..<Self.wordLimit).contains(words)
            && (1...Self.maximumTargets).contains(targets.count)
            && targets.allSatisfy { !$0.isEmpty }
    }

    var json: JSONValue {
        [
            "label": .string(label), "task_instruction": .string(instruction),
            "targets": .array(targets.map { .string($0) }),
        ]
    }
}

/// Reads the JSON object in a model's answer.
enum ModelJSON {
    /// The object; code fences and text around the outermost braces are dropped.
    static func object(in text: String) -> JSONObject? {
        // What is no JSON is an answer that cannot be used, not a failure.
        if let whole = try? JSONValue.parse(stripped(text)) { return whole.objectValue }
        guard let first = text.firstIndex(of: "{"), let last = text.lastIndex(of: "}"), first < last else { return nil }
        return (try? JSONValue.parse(String(text[first...last])))?.objectValue
    }

    /// The text without a code fence around it.
    static func stripped(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        guard lines.count > 1, lines[0].hasPrefix("```"), lines[lines.count - 1].hasPrefix("```") else { return text }
        return lines.dropFirst().dropLast().joined(separator: "\n")
    }
}
