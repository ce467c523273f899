/// Takes apart the two output streams that the engine sends in one: an eight-byte head, then a piece of one of them.
struct StreamDemultiplexer {
    /// Whose bytes a piece is.
    enum Kind: UInt8 {
        case standardInput = 0
        case standardOutput = 1
        case standardError = 2
    }

    private var head: [UInt8] = []
    private var kind = Kind.standardOutput
    private var left = 0

    /// Takes the next bytes and calls `take` with what belongs to a stream; a head may arrive in parts.
    mutating func feed(
        _ bytes: ArraySlice<UInt8>, _ take: (Kind, ArraySlice<UInt8>) throws -> Void
    ) throws {
        var bytes = bytes
        while !bytes.isEmpty {
            if left == 0 {
                let wanted = 8 - head.count
                head += bytes.prefix(wanted)
                bytes = bytes.dropFirst(wanted)
                guard head.count == 8 else { return }
                guard let next = Kind(rawValue: head[0]) else {
                    throw DockerError(.malformedAnswer, "the engine's output is not in its stream format")
                }
                kind = next
                left = head[4...].reduce(0) { $0 << 8 | Int($1) }
                head.removeAll(keepingCapacity: true)
                continue
            }
            let piece = bytes.prefix(left)
            try take(kind, piece)
            left -= piece.count
            bytes = bytes.dropFirst(piece.count)
        }
    }
}
