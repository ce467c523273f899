public import JSON

extension ShoppingScore {
    /// The evaluation of one trajectory as it stands in an evaluated file.
    public var json: JSONValue {
        var object: JSONObject = [
            "ok": .bool(isComplete), "score": JSONValue(score), "max_score": JSONValue(maximum),
            "score_ratio": JSONValue(ratio), "issues": .array(issues.map { .string($0) }),
            "details": .object(details), "expected_transaction": .object(expected),
            "observed": ["shopping_state": observed.map { .object($0) } ?? .null],
        ]
        if let extras { object["strict"] = extras.json }
        return .object(object)
    }
}

extension ShoppingScore.StrictExtras {
    var json: JSONValue {
        [
            "single_order": .bool(isSingleOrder), "empty_cart": .bool(isCartEmpty),
            "unexpected_products": .array(unexpectedProducts.map { .string($0) }),
            "spending_limit_kept": isSpendingLimitKept.map { .bool($0) } ?? .null,
        ]
    }
}
