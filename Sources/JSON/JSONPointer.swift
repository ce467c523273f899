/// A JSON Pointer (RFC 6901): `/orders/0/items`, the empty pointer for the whole value.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The reference tokens, unescaped.
    public var tokens: [String]

    /// Makes a pointer from unescaped tokens.
    public init(tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Reads a pointer; nil when it neither is empty nor starts with `/`, or has `~` before anything but `0` or `1`.
    public init?(_ text: String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = JSONPointer.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens: tokens)
    }

    /// The pointer as text, with `~` and `/` in tokens escaped.
    public var description: String {
        tokens.map { token in
            var escaped = "/"
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": escaped += "~0"
                case "/": escaped += "~1"
                default: escaped.unicodeScalars.append(scalar)
                }
            }
            return escaped
        }.joined()
    }

    /// This pointer, one key further down.
    public func appending(_ key: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [key])
    }

    /// This pointer, one element further down.
    public func appending(_ index: Int) -> JSONPointer {
        JSONPointer(tokens: tokens + [String(index)])
    }

    private static func unescape(_ part: Substring) -> String? {
        guard part.utf8.contains(UInt8(ascii: "~")) else { return String(part) }
        var token = ""
        var scalars = part.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                token.unicodeScalars.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": token += "~"
            case "1": token += "/"
            default: return nil
            }
        }
        return token
    }

    /// The index that a token means in an array: digits without leading zeros.
    static func index(_ token: String) -> Int? {
        let bytes = token.utf8
        guard let first = bytes.first, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return first == 0x30 && bytes.count > 1 ? nil : Int(token)
    }
}

extension JSONValue {
    /// The value that `pointer` leads to, or nil.
    ///
    /// Setting replaces it, adds a member, or with the token `-` adds an element; setting nil removes it. Where the pointer's
    /// parent is missing, setting changes nothing: ``set(_:at:)`` says whether it did.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        get {
            var value = self
            for token in pointer.tokens {
                switch value {
                case .object(let object):
                    guard let next = object[token] else { return nil }
                    value = next
                case .array(let elements):
                    guard let index = JSONPointer.index(token), index < elements.count else { return nil }
                    value = elements[index]
                default: return nil
                }
            }
            return value
        }
        set { set(newValue, at: pointer) }
    }

    /// Replaces, adds or (with nil) removes the value that `pointer` leads to; returns whether there was a place for it.
    ///
    /// The token `-` adds an element to an array. Removing the whole value leaves `null`.
    @discardableResult
    public mutating func set(_ newValue: JSONValue?, at pointer: JSONPointer) -> Bool {
        set(newValue, at: pointer.tokens[...])
    }

    fileprivate mutating func set(_ newValue: JSONValue?, at tokens: ArraySlice<String>) -> Bool {
        guard let token = tokens.first else {
            self = newValue ?? .null
            return true
        }
        let rest = tokens.dropFirst()
        if var object = takeObject() {
            defer { self = .object(object) }
            return object.set(newValue, under: token, rest)
        }
        if var elements = takeElements() {
            defer { self = .array(elements) }
            return JSONValue.set(newValue, in: &elements, under: token, rest)
        }
        return false
    }

    private static func set(
        _ newValue: JSONValue?, in elements: inout [JSONValue], under token: String, _ rest: ArraySlice<String>
    ) -> Bool {
        if rest.isEmpty, token == "-", let newValue {
            elements.append(newValue)
            return true
        }
        guard let index = JSONPointer.index(token), index < elements.count else { return false }
        if !rest.isEmpty { return elements[index].set(newValue, at: rest) }
        if let newValue { elements[index] = newValue } else { elements.remove(at: index) }
        return true
    }
}

extension JSONObject {
    fileprivate mutating func set(
        _ newValue: JSONValue?, under token: String, _ rest: ArraySlice<String>
    ) -> Bool {
        guard let position = position(of: token) else {
            guard rest.isEmpty, let newValue else { return false }
            append(token, newValue)
            return true
        }
        if !rest.isEmpty { return entries[position].value.set(newValue, at: rest) }
        self[token] = newValue
        return true
    }
}
