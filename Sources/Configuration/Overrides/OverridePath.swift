/// Where an override goes: `backends.main.config.base_url`, `tasks[0].steps[1].adapter_id`, `tasks[*].max_samples`.
///
/// Names are parted by dots; a name with dots or brackets stands in brackets and quotes. A name that meets a list names
/// the item with that id.
struct OverridePath: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case key(String)
        case index(Int)
        case every
    }

    struct Step: Sendable, Hashable {
        var kind: Kind
        /// Where the step is written, counted from 1.
        var column: Int
    }

    /// The steps from the outermost value inwards; at least one.
    let steps: [Step]
    /// The path as written.
    let text: String

    /// Reads a path; nil when it is malformed.
    init?(_ text: String) {
        var scanner = Scanner(text)
        guard let steps = scanner.steps(), !steps.isEmpty else { return nil }
        self.steps = steps
        self.text = text
    }

    private struct Scanner {
        private let characters: [Character]
        private var position = 0

        init(_ text: String) { characters = Array(text) }

        mutating func steps() -> [Step]? {
            var steps: [Step] = []
            while position < characters.count {
                if characters[position] == "[" {
                    guard let step = bracket() else { return nil }
                    steps.append(step)
                    continue
                }
                if !steps.isEmpty {
                    guard characters[position] == "." else { return nil }
                    position += 1
                }
                guard let step = name() else { return nil }
                steps.append(step)
            }
            return steps
        }

        private mutating func name() -> Step? {
            let start = position
            while position < characters.count, characters[position] != ".", characters[position] != "[" {
                position += 1
            }
            guard position > start else { return nil }
            return Step(kind: .key(String(characters[start..<position])), column: start + 1)
        }

        private mutating func bracket() -> Step? {
            let start = position
            position += 1
            if position < characters.count, characters[position] == "\"" { return quoted(from: start) }
            guard let end = characters[position...].firstIndex(of: "]") else { return nil }
            let body = String(characters[position..<end])
            position = end + 1
            if body == "*" { return Step(kind: .every, column: start + 1) }
            guard let index = Int(body), index >= 0 else { return nil }
            return Step(kind: .index(index), column: start + 1)
        }

        private mutating func quoted(from start: Int) -> Step? {
            position += 1
            var name = ""
            while position < characters.count, characters[position] != "\"" {
                if characters[position] == "\\" { position += 1 }
                guard position < characters.count else { return nil }
                name.append(characters[position])
                position += 1
            }
            guard position + 1 < characters.count, characters[position + 1] == "]" else { return nil }
            position += 2
            return Step(kind: .key(name), column: start + 1)
        }
    }
}
