import JSON

/// A table while its document is read.
///
/// A reference, because a document returns to its tables by name again and again; it never leaves the reader.
final class TOMLTable {
    /// What brought the table into being, which decides whether it may be reopened.
    enum Origin {
        /// The header of a table within it.
        case nested
        /// A header of its own.
        case header
        /// A dotted key.
        case dottedKey
        /// Braces.
        case braces
    }

    /// What stands behind a key.
    enum Node {
        case value(JSONValue)
        case table(TOMLTable)
        /// What `[[name]]` headers have opened, one after the other.
        case tables([TOMLTable])
    }

    var origin: Origin
    private var members: [(key: String, node: Node)] = []
    /// The places of the keys by their bytes: TOML does not take equivalent Unicode spellings for one key.
    private var places: [[UInt8]: Int] = [:]

    init(_ origin: Origin) { self.origin = origin }

    /// What stands behind a key; setting appends a new key and replaces a known one.
    subscript(key: String) -> Node? {
        get { places[Array(key.utf8)].map { members[$0].node } }
        set {
            guard let newValue else { return }
            if let place = places[Array(key.utf8)] {
                members[place].node = newValue
            } else {
                places[Array(key.utf8)] = members.count
                members.append((key, newValue))
            }
        }
    }

    /// Adds a table to those that stand behind a key, or begins with it; false when something else stands there.
    func append(_ table: TOMLTable, to key: String) -> Bool {
        guard let place = places[Array(key.utf8)] else {
            self[key] = .tables([table])
            return true
        }
        guard case .tables(var tables) = members[place].node else { return false }
        members[place].node = .value(.null)  // gives `tables` the only reference to its storage
        tables.append(table)
        members[place].node = .tables(tables)
        return true
    }

    /// The table and everything in it, in the order of the document.
    var json: JSONValue {
        .object(JSONObject(uniqueKeysWithValues: members.map { ($0.key, $0.node.json) }))
    }
}

extension TOMLTable.Node {
    fileprivate var json: JSONValue {
        switch self {
        case .value(let value): value
        case .table(let table): table.json
        case .tables(let tables): .array(tables.map(\.json))
        }
    }
}
