import Evaluation
public import JSON

extension Product {
    /// The row of `product_log.json`: what browsing shows, and the base tags.
    public var logJSON: JSONObject {
        [
            "product_id": .string(id), "name": .string(name),
            "price": options.first.map { JSONValue($0.price) } ?? .null, "discount": JSONValue(discountFactor),
            "tags": .array(tags.map { .string($0) }), "base_tags": .array(baseTags.map { .string($0) }),
        ]
    }

    /// The entry of `product_details.json`, whose position in the log is `index`.
    public func detailsJSON(index: Int) -> JSONObject {
        [
            "product_id": .string(id), "name": .string(name), "tags": .array(tags.map { .string($0) }),
            "base_tags": .array(baseTags.map { .string($0) }), "stock_count": .init(stock),
            "discount_info": [
                "discount_factor": JSONValue(discountFactor), "vip_required": .bool(isDiscountVIPOnly),
            ],
            "packaging": [
                "unit": .string(unit), "weight": .init(weight), "nutrition_per_serving": nutrition.json,
            ],
            "purchase_options": .array(
                options.map { ["size": .string($0.size), "price": JSONValue($0.price)] }),
            "delivery": .string(delivery.rawValue), "index": .init(index),
        ]
    }

    /// Reads an entry of `product_details.json`.
    ///
    /// Throws ``EvaluationError``, cause `task`, that names the key that cannot be used.
    public init(json: JSONObject) throws {
        let fields = PauseFields(json, of: "product '\(json["product_id"]?.stringValue ?? "?")'")
        let packaging = try fields.nested("packaging")
        let discount = json["discount_info"]?.objectValue ?? [:]
        id = try fields.text("product_id")
        name = try fields.text("name")
        tags = try fields.list("tags").compactMap(\.stringValue)
        baseTags = (json["base_tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        stock = try fields.integer("stock_count")
        discountFactor = discount["discount_factor"]?.doubleValue ?? 1
        isDiscountVIPOnly = discount["vip_required"]?.boolValue ?? false
        unit = try packaging.text("unit")
        weight = try packaging.integer("weight")
        nutrition = try Nutrition(packaging.nested("nutrition_per_serving"))
        options = try fields.list("purchase_options").map { option in
            let fields = PauseFields(option.objectValue ?? [:], of: "a purchase option")
            return Option(size: try fields.text("size"), price: try fields.number("price"))
        }
        let delivery = try fields.text("delivery")
        guard let known = Delivery(rawValue: delivery) else {
            throw EvaluationError.malformedPause(
                "'delivery' of \(fields.owner) is '\(delivery)'; known are today, tomorrow and 3_days")
        }
        self.delivery = known
    }
}

extension Product.Nutrition {
    /// The object `nutrition_per_serving`.
    public var json: JSONValue {
        [
            "calories": JSONValue(calories), "sugar_g": JSONValue(sugar), "protein_g": JSONValue(protein),
            "fat_g": JSONValue(fat), "fiber_g": JSONValue(fiber), "sodium_mg": .init(sodium),
        ]
    }

    init(_ fields: PauseFields) throws {
        self.init(
            calories: try fields.number("calories"), sugar: try fields.number("sugar_g"),
            protein: try fields.number("protein_g"), fat: try fields.number("fat_g"),
            fiber: try fields.number("fiber_g"), sodium: Int(try fields.number("sodium_mg").rounded()))
    }
}
