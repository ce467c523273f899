/// Builds node trees from events: depth, anchors, aliases and their limits.
struct TreeBuilder {
    /// What an anchor names.
    private struct Definition {
        var node: YAMLNode
        /// How many nodes the definition stands for, its own aliases expanded.
        var size: Int
        /// The order in which definitions began; the latest to begin owns the name.
        var serial: Int
    }

    /// How much text counts like another node: an alias of a long text is not cheap to write out.
    private static let bytesPerNode = 64

    let source: EventSource
    let options: YAMLOptions
    private var definitions: [String: Definition] = [:]
    private var openAnchors: [String] = []
    private var lastSerial = 0
    /// How many nodes are built or brought in so far, and how many of them by aliases and merges.
    var builtNodes = 0
    private var aliasedNodes = 0

    init(source: EventSource, options: YAMLOptions) {
        self.source = source
        self.options = options
    }

    /// The next document's root, or `nil` at the end of the text.
    mutating func nextDocument() throws(YAMLError) -> YAMLNode? {
        guard try startOfNextDocument() != nil else { return nil }
        definitions.removeAll()
        openAnchors.removeAll()
        aliasedNodes = 0
        return try node(from: try source.next(), depth: 0)
    }

    /// Reads on to where the next document begins; `nil` at the end of the text.
    mutating func startOfNextDocument() throws(YAMLError) -> YAMLMark? {
        while true {
            let event = try source.next()
            switch event.kind {
            case .documentStart: return event.start
            case .streamEnd: return nil
            default: continue
            }
        }
    }

    /// Builds the node that an event begins.
    mutating func node(from event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth <= options.maximumDepth else {
            throw YAMLError("collections nest deeper than \(options.maximumDepth) levels", at: event.start)
        }
        if case .alias(let name) = event.kind { return try expand(name, at: event.start) }
        let sizeBefore = builtNodes
        builtNodes += 1
        if case .scalar(let scalar) = event.kind { builtNodes += scalar.text.utf8.count / Self.bytesPerNode }
        lastSerial += 1
        let serial = lastSerial
        if let anchor = event.anchor { openAnchors.append(anchor) }
        var node = try content(of: event, depth: depth)
        node.tag = event.tag
        node.anchor = event.anchor
        if let anchor = event.anchor {
            openAnchors.removeLast()
            if definitions[anchor].map({ $0.serial < serial }) ?? true {
                definitions[anchor] = Definition(node: node, size: builtNodes - sizeBefore, serial: serial)
            }
        }
        return node
    }

    private mutating func content(of event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        switch event.kind {
        case .scalar(let scalar): return try self.scalar(scalar, event)
        case .sequenceStart(let style):
            try CoreSchema.check(collectionTag: event.tag, is: "seq", at: event.start)
            return try sequence(event, style: style, depth: depth)
        case .mappingStart(let style):
            try CoreSchema.check(collectionTag: event.tag, is: "map", at: event.start)
            return try mapping(event, style: style, depth: depth)
        default:
            // libyaml's grammar puts nothing else where a node begins.
            throw YAMLError("a value was expected here", at: event.start)
        }
    }

    private func scalar(_ scalar: Event.Scalar, _ event: Event) throws(YAMLError) -> YAMLNode {
        let content: YAMLNode.Content
        if let tag = event.tag {
            content = try CoreSchema.resolve(scalar, tag: tag, at: event.start)
        } else {
            content = scalar.isPlain ? CoreSchema.resolve(scalar.text) : .string(scalar.text)
        }
        var node = YAMLNode(content, start: event.start, end: event.end, style: scalar.style)
        switch content {
        case .string: break
        default: node.unresolvedText = scalar.text
        }
        return node
    }

    private mutating func sequence(
        _ event: Event, style: YAMLNode.Style, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        var elements: [YAMLNode] = []
        var next = try source.next()
        while true {
            if case .sequenceEnd = next.kind { break }
            elements.append(try node(from: next, depth: depth + 1))
            next = try source.next()
        }
        // A block collection's end event stands at the next token, after blank lines and comments.
        let end = style == .flow ? next.end : elements.last.map { $0.writtenEnd } ?? next.start
        return YAMLNode(.sequence(elements), start: event.start, end: end, style: style)
    }

    // MARK: Aliases

    private mutating func expand(_ name: String, at mark: YAMLMark) throws(YAMLError) -> YAMLNode {
        guard let definition = definitions[name] else {
            if openAnchors.contains(name) {
                throw YAMLError("the alias '*\(name)' is inside of what its anchor names", at: mark)
            }
            let error = YAMLError("the alias '*\(name)' has no anchor '&\(name)' before it", at: mark)
            throw definitions.isEmpty
                ? error : error.hinting("anchors here: \(definitions.keys.sorted().joined(separator: ", "))")
        }
        try countAliased(definition.size, at: mark)
        var node = definition.node
        node.aliasMark = mark
        return node
    }

    /// Counts nodes that an alias or merge brings in, against the limit.
    mutating func countAliased(_ count: Int, at mark: YAMLMark) throws(YAMLError) {
        aliasedNodes += count
        builtNodes += count
        guard aliasedNodes <= options.maximumAliasedNodes else {
            throw YAMLError("aliases expand to more than \(options.maximumAliasedNodes) nodes", at: mark)
        }
    }
}

extension YAMLNode {
    /// Where the node's text ends at the place where it is used: behind the alias, if one brought it in.
    var writtenEnd: YAMLMark { aliasMark ?? end }
}
