import Compression
import Evaluation
import FoundationEssentials

/// The lines of a file of cases, unpacked and handed out piece by piece, so that memory does not follow the file.
final class TauCaseLines {
    private let file: String
    private let packed: [UInt8]
    private var reader: GzipReader?
    private var place = 0
    private var rest: [UInt8] = []
    private var ready: [[UInt8]] = []

    /// How much of the file is looked at at a time.
    private static let stride = 65_536

    /// Opens a file, plain or gzipped.
    init(file: String) throws(EvaluationError) {
        self.file = file
        packed = try TauFiles(advice: "name files with recorded cases under --cases", missingCause: .configuration)
            .bytes(file)
        do {
            reader = GzipReader.isGzip(packed) ? try GzipReader() : nil
        } catch {
            throw Self.unreadable(file, error)
        }
    }

    /// The next lines that are not blank, at most so many; empty at the end.
    func next(_ count: Int) throws(EvaluationError) -> [[UInt8]] {
        while ready.count < count, place < packed.count { try unpackMore() }
        if place >= packed.count, !rest.isEmpty {
            ready.append(rest)
            rest = []
        }
        let lines = Array(ready.prefix(count))
        ready.removeFirst(lines.count)
        return lines
    }

    private func unpackMore() throws(EvaluationError) {
        let end = min(packed.count, place + Self.stride)
        let piece = Array(packed[place..<end])
        place = end
        do {
            if reader == nil {
                take(piece)
            } else {
                try reader?.feed(piece) { take($0) }
                if place >= packed.count { try reader?.finish() }
            }
        } catch {
            throw Self.unreadable(file, error)
        }
    }

    private func take(_ bytes: some Collection<UInt8>) {
        let pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, piece) in pieces.enumerated() {
            if number > 0 {
                if !rest.isEmpty { ready.append(rest) }
                rest = []
            }
            rest.append(contentsOf: piece)
        }
    }

    private static func unreadable(_ file: String, _ error: any Error) -> EvaluationError {
        EvaluationError(.dataMalformed, "\(file) cannot be unpacked", cause: .task, underlying: error)
    }
}
