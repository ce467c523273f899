/// The methods that values have, under their Python names.
enum Methods {
    static func named(_ name: String, of value: Value) -> Method? {
        switch value {
        case .string, .markup: strings[name]
        case .list: lists[name]
        case .dict: dicts[name]
        case .tuple: tuples[name]
        default: nil
        }
    }

    static let strings = stringTrimming.merging(stringSearching) { first, _ in first }
        .merging(stringCasing) { first, _ in first }
        .merging(stringFormatting) { first, _ in first }
}
