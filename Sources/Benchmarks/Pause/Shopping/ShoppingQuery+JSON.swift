public import Evaluation
public import JSON

extension ShoppingQuery {
    /// The query as an object with only the members that restrict something.
    public var json: JSONObject {
        var object: JSONObject = [:]
        for (key, path) in Self.lists where !self[keyPath: path].isEmpty {
            object[key] = .array(self[keyPath: path].map { .string($0) })
        }
        if let minimum = price.minimum { object["price_min"] = JSONValue(minimum) }
        if let maximum = price.maximum { object["price_max"] = JSONValue(maximum) }
        if isUserVIP { object["user_is_vip"] = true }
        if !allowsVIPOnlyProducts { object["allow_vip_only_products"] = false }
        if minimumStock != 0 { object["stock_min"] = JSONValue(minimumStock) }
        for nutrient in Nutrient.allCases {
            guard let bounds = nutrients[nutrient] else { continue }
            if let minimum = bounds.minimum { object["\(nutrient.rawValue)_min"] = JSONValue(minimum) }
            if let maximum = bounds.maximum { object["\(nutrient.rawValue)_max"] = JSONValue(maximum) }
        }
        if let objective { object["objective"] = .string(objective.rawValue) }
        if let direction { object["direction"] = .string(direction.rawValue) }
        if topK != 10 { object["top_k"] = JSONValue(topK) }
        return object
    }

    /// Reads a query; what is left out restricts nothing.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names a member that is not known or of the wrong type.
    public init(json: JSONObject) throws(EvaluationError) {
        self.init()
        for (key, value) in json where !value.isNull {
            guard try read(key, value) else {
                throw PauseTask.malformed("'\(key)' of a shopping query is not known or not of the right type")
            }
        }
    }

    private mutating func read(_ key: String, _ value: JSONValue) throws(EvaluationError) -> Bool {
        if let path = Self.lists.first(where: { $0.key == key })?.path {
            guard let items = value.arrayValue, items.allSatisfy({ $0.stringValue != nil }) else { return false }
            self[keyPath: path] = items.compactMap(\.stringValue)
            return true
        }
        switch key {
        case "user_is_vip": return Self.set(&isUserVIP, value.boolValue)
        case "allow_vip_only_products": return Self.set(&allowsVIPOnlyProducts, value.boolValue)
        case "stock_min": return Self.set(&minimumStock, value.intValue)
        case "top_k": return Self.set(&topK, value.intValue)
        case "objective":
            objective = value.stringValue.flatMap(Objective.init(rawValue:))
            return objective != nil
        case "direction":
            direction = value.stringValue.flatMap(Direction.init(rawValue:))
            return direction != nil
        default: return readBound(key, value)
        }
    }

    private mutating func readBound(_ key: String, _ value: JSONValue) -> Bool {
        guard key.hasSuffix("_min") || key.hasSuffix("_max"), let number = value.doubleValue else { return false }
        let name = String(key.dropLast(4))
        let side: WritableKeyPath<Bounds, Double?> = key.hasSuffix("_min") ? \.minimum : \.maximum
        if name == "price" {
            price[keyPath: side] = number
        } else if let nutrient = Nutrient(rawValue: name) {
            nutrients[nutrient, default: Bounds()][keyPath: side] = number
        } else {
            return false
        }
        return true
    }

    private static func set<Value>(_ slot: inout Value, _ value: Value?) -> Bool {
        guard let value else { return false }
        slot = value
        return true
    }

    private static var lists: [(key: String, path: WritableKeyPath<ShoppingQuery, [String]>)] {
        [
            ("include_tags_all", \.tags.all), ("include_tags_any", \.tags.any), ("exclude_tags_any", \.tags.none),
            ("include_base_tags_all", \.baseTags.all), ("include_base_tags_any", \.baseTags.any),
            ("exclude_base_tags_any", \.baseTags.none), ("brand_in", \.brandIn), ("brand_not_in", \.brandNotIn),
            ("delivery_in", \.deliveryIn), ("size_in", \.sizeIn),
        ]
    }
}
