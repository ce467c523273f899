public import Evaluation

/// Which call of which episode a request serves, as header fields.
///
/// The mock server answers by them. They are sent to this machine only, unless a backend says otherwise.
public struct EpisodeHeaders: Sendable, Hashable {
    /// `task/sample/trial`, each part percent-encoded.
    public static let episodeName = "x-gage-episode"
    /// The purpose, percent-encoded.
    public static let purposeName = "x-gage-purpose"
    /// The number of the call, counted from 0.
    public static let callName = "x-gage-call"

    /// The episode.
    public var episode: EpisodeID?
    /// Who asks.
    public var purpose: String?
    /// How many calls of this purpose came before.
    public var call: Int?

    /// Describes a call.
    public init(_ context: CallContext) {
        episode = context.episode
        purpose = context.purpose
        call = context.index
    }

    /// Reads header fields, whose names are in lower case.
    ///
    /// Nothing of a header that cannot be read is used.
    public init(fields: [String: String]) {
        let parts = fields[Self.episodeName]?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        if parts.count == 3, let task = Self.decoded(parts[0]), let sample = Self.decoded(parts[1]),
            let trial = Int(parts[2])
        {
            episode = EpisodeID(task: task, sample: sample, trial: trial)
        }
        purpose = fields[Self.purposeName].flatMap { Self.decoded($0[...]) }
        call = fields[Self.callName].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The fields to send.
    public var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if let episode {
            let value = "\(Self.encoded(episode.task))/\(Self.encoded(episode.sample))/\(episode.trial)"
            fields.append((Self.episodeName, value))
        }
        if let purpose { fields.append((Self.purposeName, Self.encoded(purpose))) }
        if let call { fields.append((Self.callName, String(call))) }
        return fields
    }

    private static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                for digit in [byte >> 4, byte & 15] {
                    bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
