import JSON

extension ShoppingScore {
    /// One point for each expected product.
    mutating func scoreProducts(_ orders: ShoppingOrders, mode: Mode) {
        let items = expected["items"]?.arrayValue ?? []
        expectedProducts = Set(items.compactMap { $0["product_id"]?.stringValue }).sorted()
        guard !expectedProducts.isEmpty else {
            issues.append("no_expected_items")
            return
        }
        let counted = mode == .strict ? orders.completed : orders.all
        let found = Set(counted.flatMap(\.productIDs))
        matchedProducts = expectedProducts.filter { found.contains($0) }
        maximum += Double(expectedProducts.count)
        score += Double(matchedProducts.count)
        details["product_id_match"] = [
            "expected": strings(expectedProducts), "actual": strings(found.sorted()),
            "matched": strings(matchedProducts), "score": JSONValue(matchedProducts.count),
        ]
        let missing = expectedProducts.filter { !found.contains($0) }
        if !missing.isEmpty { issues.append("missing_product_ids: \(missing.joined(separator: ", "))") }
    }

    /// One point when every expected line is in completed orders, as often as it is expected.
    mutating func scoreQuantities(_ orders: ShoppingOrders) {
        guard !expectedProducts.isEmpty else { return }
        maximum += 1
        let wanted = ShoppingOrders.lines(expected["items"]?.arrayValue ?? [])
        let bought = ShoppingOrders.lines(orders.completed.flatMap(\.items))
        var missing: [String: Int] = [:]
        for (line, count) in wanted where (bought[line] ?? 0) < count {
            missing[line] = count - (bought[line] ?? 0)
        }
        hasQuantitiesAndSizes = missing.isEmpty
        var entry: JSONObject = ["match": .bool(missing.isEmpty)]
        if missing.isEmpty {
            score += 1
        } else {
            issues.append("quantity_size_mismatch")
            entry["expected"] = counts(wanted)
            entry["actual"] = counts(bought)
            entry["missing"] = counts(missing)
        }
        entry["score"] = JSONValue(missing.isEmpty ? 1 : 0)
        details["quantity_size_match"] = .object(entry)
    }

    /// One point when some completed order used exactly the expected voucher, or none where none is expected.
    mutating func scoreVoucher(_ orders: ShoppingOrders) {
        maximum += 1
        let wanted = Set((expected["voucher_ids"]?.arrayValue ?? []).compactMap(\.stringValue))
        let used = orders.completed.map(\.voucherIDs)
        hasVoucher = used.contains(wanted)
        let shown = hasVoucher ? wanted : used.first { !$0.isEmpty } ?? []
        if hasVoucher {
            score += 1
        } else {
            issues.append("voucher_ids_mismatch: expected \(wanted.sorted()), got \(shown.sorted())")
        }
        details["voucher_ids_match"] = [
            "match": .bool(hasVoucher), "expected": strings(wanted.sorted()), "actual": strings(shown.sorted()),
            "score": JSONValue(hasVoucher ? 1 : 0),
        ]
    }

    /// One point when no more than the allowed rest is left; only looked at when products and quantities are right.
    mutating func scoreBalance(_ balance: JSONValue?) {
        maximum += 1
        let limit = expected["wallet_balance_max"]?.doubleValue ?? 5
        var entry: JSONObject = ["match": false, "balance": balance ?? .null, "max": JSONValue(limit), "score": 0]
        let hasProducts = !expectedProducts.isEmpty && matchedProducts.count == expectedProducts.count
        if !hasProducts || !hasQuantitiesAndSizes {
            issues.append("balance_skipped_prereq")
            entry["skipped"] = true
        } else if let amount = balance?.doubleValue {
            hasBalance = amount <= limit
            if hasBalance {
                score += 1
                entry["match"] = true
                entry["score"] = 1
            } else {
                issues.append("balance_exceeded: \(amount) > \(limit)")
            }
        } else {
            issues.append("balance_missing")
        }
        details["balance_check"] = .object(entry)
    }

    private func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

    private func counts(_ lines: [String: Int]) -> JSONValue {
        .object(
            JSONObject(entries: lines.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue($0.value)) }))
    }
}

/// The orders of a shopping state.
struct ShoppingOrders {
    /// One transaction.
    struct Order {
        var items: [JSONValue]
        var voucherIDs: Set<String>
        var total: Double

        var productIDs: [String] { items.compactMap { $0["product_id"]?.stringValue } }
    }

    /// Every transaction with items, whatever became of it.
    var all: [Order] = []
    /// Completed orders.
    var completed: [Order] = []

    init(state: JSONObject) {
        for transaction in state["transactions"]?.arrayValue ?? [] {
            let voucher = transaction["voucher_id"]?.stringValue
            let order = Order(
                items: transaction["items"]?.arrayValue ?? [],
                voucherIDs: voucher.map { $0.isEmpty ? [] : [$0] } ?? [],
                total: transaction["final_total"]?.doubleValue ?? 0)
            all.append(order)
            let isOrder = transaction["type"]?.stringValue == "order"
            if isOrder, transaction["status"]?.stringValue == "completed" { completed.append(order) }
        }
    }

    /// What completed orders cost together.
    var totalSpent: Double { completed.reduce(0) { $0 + $1.total } }

    /// How often each `product:size:quantity` line is there.
    static func lines(_ items: [JSONValue]) -> [String: Int] {
        var lines: [String: Int] = [:]
        for item in items {
            guard let product = item["product_id"]?.stringValue else { continue }
            let size = item["size"]?.stringValue ?? ""
            let quantity = item["quantity"]?.doubleValue ?? 0
            // Bounded, so that a quantity from a hostile file cannot stop the program.
            let count = abs(quantity) < 1e9 ? Int(quantity) : 0
            lines["\(product):\(size):\(count)", default: 0] += 1
        }
        return lines
    }
}
