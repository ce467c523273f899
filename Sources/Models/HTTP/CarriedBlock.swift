import Evaluation
import JSON

/// What a provider wants back, as it came, with the results of the tools that a reply calls: signed thinking, say.
///
/// A block travels as a segment of the assistant's message, so that journals, cassettes and resumed runs have it. It is
/// sent to endpoints of the protocol that it came from and to no other.
enum CarriedBlock {
    private static let type = "provider_block"

    static func segment(_ block: JSONObject, of wire: WireProtocol) -> Message.Segment {
        .other(["type": .string(type), "protocol": .string(wire.rawValue), "block": .object(block)])
    }

    /// The blocks of a message that came in this protocol.
    static func blocks(in message: Message, of wire: WireProtocol) -> [JSONObject] {
        guard case .segments(let segments) = message.content else { return [] }
        return segments.compactMap { segment in
            guard case .other(let object) = segment, object["type"]?.stringValue == type,
                object["protocol"]?.stringValue == wire.rawValue
            else { return nil }
            return object["block"]?.objectValue
        }
    }

    static func isCarried(_ segment: Message.Segment) -> Bool {
        guard case .other(let object) = segment else { return false }
        return object["type"]?.stringValue == type
    }
}

extension Message {
    /// What the message says, as segments and without what is carried for a provider.
    var spokenSegments: [Segment] {
        switch content {
        case .empty: []
        case .text(let text): [.text(text)]
        case .segments(let segments): segments.filter { !CarriedBlock.isCarried($0) }
        }
    }
}
