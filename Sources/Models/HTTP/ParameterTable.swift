import JSON

/// Where a provider wants the parameters of a call that we know by OpenAI's names.
struct ParameterTable: Sendable {
    /// The place of a parameter, as keys from the body inwards.
    var places: [String: [String]]
    /// Parameters that the provider has nothing for; they are left out.
    var dropped: Set<String> = []
    /// Parameters that are a list even where one value is given.
    var lists: Set<String> = []
    /// Where parameters of no known name go; the body itself when empty.
    var home: [String] = []
    /// Parameters of the body itself where the others have a home.
    var ofBody: Set<String> = []

    func write(_ parameters: JSONObject, into body: inout JSONObject) {
        for (key, value) in parameters where !dropped.contains(key) {
            let place = places[key] ?? (ofBody.contains(key) ? [key] : home + [key])
            let isList = lists.contains(key) && value.arrayValue == nil
            Self.set(isList ? [value] : value, at: place[...], in: &body)
        }
    }

    private static func set(_ value: JSONValue, at place: ArraySlice<String>, in object: inout JSONObject) {
        guard let key = place.first else { return }
        guard place.count > 1 else {
            // A block given as a whole and a key of it given apart go together.
            if let old = object[key]?.objectValue, let new = value.objectValue {
                object[key] = .object(old.merging(new))
            } else {
                object[key] = value
            }
            return
        }
        var inner = object[key]?.objectValue ?? [:]
        set(value, at: place.dropFirst(), in: &inner)
        object[key] = .object(inner)
    }
}
