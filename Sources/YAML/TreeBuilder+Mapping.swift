extension TreeBuilder {
    /// Where a mapping's keys stand so far.
    private struct KeyTable {
        private var marks: [String: YAMLMark] = [:]

        /// Records a key, or gives the place of the equal one before it.
        mutating func insert(_ name: String, at mark: YAMLMark) -> YAMLMark? {
            if let first = marks[name] { return first }
            marks[name] = mark
            return nil
        }

    }

    mutating func mapping(_ event: Event, style: YAMLNode.Style, depth: Int) throws(YAMLError) -> YAMLNode {
        var pairs: [YAMLPair] = []
        var keys = KeyTable()
        var merge: (position: Int, value: YAMLNode)?
        var last: YAMLNode?
        var next = try source.next()
        while true {
            if case .mappingEnd = next.kind { break }
            let key = try key(from: next, depth: depth)
            if let first = keys.insert(key.name, at: key.node.start) {
                throw Self.duplicate(key.name, isMerge: key.isMerge, at: key.node.start, first: first)
            }
            let value = try node(from: try source.next(), depth: depth + 1)
            last = value
            if key.isMerge {
                merge = (pairs.count, value)
            } else {
                pairs.append(YAMLPair(key: key.node, value: value))
            }
            next = try source.next()
        }
        if let merge {
            pairs.insert(contentsOf: try merged(merge.value, except: keys), at: merge.position)
        }
        let end = style == .flow ? next.end : last.map { $0.writtenEnd } ?? next.start
        return YAMLNode(.mapping(pairs), start: event.start, end: end, style: style)
    }

    private mutating func key(
        from event: Event, depth: Int
    ) throws(YAMLError) -> (node: YAMLNode, name: String, isMerge: Bool) {
        let node = try node(from: event, depth: depth + 1)
        guard let name = node.rawScalar else {
            throw YAMLError("a key must be a scalar, but this one is \(node.kind)", at: event.start)
                .hinting("quote a key that begins with '[' or '{'")
        }
        var isMerge = false
        if case .scalar(let scalar) = event.kind { isMerge = scalar.isPlain && scalar.text == "<<" && event.tag == nil }
        return (node, name, isMerge)
    }

    private static func duplicate(_ name: String, isMerge: Bool, at mark: YAMLMark, first: YAMLMark) -> YAMLError {
        let error = YAMLError(
            "duplicate key '\(name)', first given on line \(first.line)", at: mark, contextMark: first)
        return isMerge ? error.hinting("merge several mappings with one '<<: [*a, *b]'") : error
    }

    /// The entries that a merge key brings in: those of earlier mappings win, those of the mapping itself before all.
    private mutating func merged(_ value: YAMLNode, except own: KeyTable) throws(YAMLError) -> [YAMLPair] {
        let mark = value.aliasMark ?? value.start
        let sources: [YAMLNode]
        switch value.content {
        case .mapping: sources = [value]
        case .sequence(let elements): sources = elements
        default: throw Self.unmergeable(value)
        }
        var taken = own
        var pairs: [YAMLPair] = []
        for source in sources {
            guard case .mapping(let entries) = source.content else { throw Self.unmergeable(source) }
            for entry in entries where taken.insert(entry.name, at: entry.key.start) == nil {
                var entry = entry
                let use = source.aliasMark ?? value.aliasMark
                if entry.value.aliasMark == nil { entry.value.aliasMark = use }
                if entry.key.aliasMark == nil { entry.key.aliasMark = use }
                pairs.append(entry)
            }
        }
        try countAliased(pairs.count, at: mark)
        return pairs
    }

    private static func unmergeable(_ node: YAMLNode) -> YAMLError {
        YAMLError(
            "'<<' merges a mapping or a list of mappings, but this is \(node.kind)", at: node.aliasMark ?? node.start)
    }
}
