import Evaluation

/// An output stream that ends with a mark, taken off and read.
struct MarkedStream {
    /// What the mark says.
    struct Mark: Sendable, Hashable {
        var exitCode: Int32
        var memoryKills: Int
    }

    private let sign: [UInt8]
    private var collector: SandboxOutputCollector
    /// The last bytes, which may be the beginning of the mark.
    private var pending: [UInt8] = []
    private(set) var mark: Mark?

    init(token: String, limit: SandboxOutputLimit) {
        sign = Array("\n\(token) ".utf8)
        collector = SandboxOutputCollector(limit)
    }

    /// What came before the mark.
    var output: SandboxOutput {
        var all = collector
        if mark == nil { all.append(pending[...]) }
        return all.output
    }

    /// Takes the next bytes; those behind the mark are of processes that outlive the command, and are dropped.
    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        guard mark == nil else { return }
        pending += bytes
        if let start = find() {
            let rest = pending[(start + sign.count)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                collect(upTo: start)
                return
            }
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            collect(upTo: start)
            pending = []
            mark = Mark(
                exitCode: words.first.flatMap { Int32($0) } ?? 1, memoryKills: words.last.flatMap { Int($0) } ?? 0)
        } else {
            collect(upTo: max(0, pending.count - sign.count + 1))
        }
    }

    private mutating func collect(upTo end: Int) {
        collector.append(pending[..<end])
        pending.removeFirst(end)
    }

    /// Where the mark begins.
    private func find() -> Int? {
        var start = 0
        while let candidate = pending[start...].firstIndex(of: sign[0]) {
            guard candidate + sign.count <= pending.count else { return nil }
            if pending[candidate..<candidate + sign.count].elementsEqual(sign) { return candidate }
            start = candidate + 1
        }
        return nil
    }
}
