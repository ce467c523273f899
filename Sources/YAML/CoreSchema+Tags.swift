extension CoreSchema {
    /// Resolves a scalar with an explicit tag, or says why the tag does not fit.
    static func resolve(_ scalar: Event.Scalar, tag: String, at mark: YAMLMark) throws(YAMLError) -> YAMLNode.Content {
        let text = scalar.text
        guard tag != "!" else { return .string(text) }
        guard tag.hasPrefix(prefix) else { throw unknown(tag, at: mark) }
        let content: YAMLNode.Content?
        switch tag.dropFirst(prefix.count) {
        case "str": content = .string(text)
        case "null": content = isNull(text) ? .null : nil
        case "bool": content = bool(text).map { .bool($0) }
        case "int":
            if case .int(let value)? = number(text) { content = .int(value) } else { content = nil }
        case "float":
            content = number(text) == nil ? nil : .float(text)
        case "seq", "map":
            throw YAMLError("the tag \(shorthand(tag)) is for a collection, but this is a scalar", at: mark)
        default: throw unknown(tag, at: mark)
        }
        guard let content else { throw YAMLError("'\(text)' is not what the tag \(shorthand(tag)) asks for", at: mark) }
        return content
    }

    /// Checks the explicit tag of a collection; `name` is the one core tag that fits it.
    static func check(collectionTag tag: String?, is name: String, at mark: YAMLMark) throws(YAMLError) {
        guard let tag, tag != "!", tag != prefix + name else { return }
        guard ["str", "null", "bool", "int", "float", "seq", "map"].contains(where: { tag == prefix + $0 }) else {
            throw unknown(tag, at: mark)
        }
        throw YAMLError("the tag \(shorthand(tag)) does not fit a \(name == "seq" ? "list" : "mapping")", at: mark)
    }

    private static func unknown(_ tag: String, at mark: YAMLMark) -> YAMLError {
        YAMLError("unknown tag \(shorthand(tag))", at: mark)
            .hinting("only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map have a meaning here")
    }

    private static func shorthand(_ tag: String) -> String {
        if tag.hasPrefix(prefix) { return "!!" + tag.dropFirst(prefix.count) }
        return tag.hasPrefix("!") ? tag : "!<\(tag)>"
    }
}
