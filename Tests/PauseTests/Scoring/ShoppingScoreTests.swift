import JSON
import Testing

@testable import Pause

struct ShoppingScoreTests {
    private let expected: JSONObject = [
        "items": [
            ["product_id": "p1", "size": "pack_5", "quantity": 1],
            ["product_id": "p1", "size": "single_pack", "quantity": 2],
            ["product_id": "p2", "size": "single_pack", "quantity": 3],
        ], "voucher_ids": ["v1"], "wallet_balance_max": 5.0,
    ]

    private func order(
        _ items: JSONValue, voucher: JSONValue = "v1", status: JSONValue = "completed", total: JSONValue = 31
    ) -> JSONValue {
        ["type": "order", "status": status, "items": items, "voucher_id": voucher, "final_total": total]
    }

    private func state(_ transactions: [JSONValue], balance: JSONValue = 0.0, cart: JSONValue = []) -> JSONObject {
        ["wallet": ["balance": balance], "cart": cart, "transactions": .array(transactions)]
    }

    private var right: JSONValue { expected["items"] ?? .null }

    @Test func theExpectedOrderScoresFull() {
        let score = ShoppingScore(state: state([order(right)]), expected: expected)
        #expect(score.score == 5 && score.maximum == 5 && score.ratio == 1 && score.isComplete)
        #expect(score.issues.isEmpty)
        #expect(score.extras?.allHold == true)
    }

    @Test func aMissingProductCostsItsPointQuantitiesAndBalance() {
        let items: JSONValue = [
            ["product_id": "p1", "size": "pack_5", "quantity": 1],
            ["product_id": "p1", "size": "single_pack", "quantity": 2],
        ]
        let score = ShoppingScore(state: state([order(items)]), expected: expected)
        #expect(score.score == 2 && score.maximum == 5)
        #expect(score.productRate == 0.5 && !score.hasQuantitiesAndSizes && score.hasVoucher && !score.hasBalance)
        #expect(
            score.issues == ["missing_product_ids: p2", "quantity_size_mismatch", "balance_skipped_prereq"])
    }

    @Test func aWrongSizeCostsQuantitiesAndBalance() {
        let items: JSONValue = [
            ["product_id": "p1", "size": "single_pack", "quantity": 7],
            ["product_id": "p2", "size": "single_pack", "quantity": 3],
        ]
        let score = ShoppingScore(state: state([order(items)]), expected: expected)
        #expect(score.score == 3 && score.productRate == 1 && !score.hasQuantitiesAndSizes && !score.hasBalance)
        #expect(score.details["quantity_size_match"]?["missing"] == ["p1:pack_5:1": 1, "p1:single_pack:2": 1])
    }

    @Test(arguments: [.null, "v2"] as [JSONValue]) func anotherVoucherCostsOnePoint(voucher: JSONValue) {
        let score = ShoppingScore(state: state([order(right, voucher: voucher)]), expected: expected)
        #expect(score.score == 4 && !score.hasVoucher && score.hasBalance)
    }

    @Test func noVoucherIsRightWhereNoneIsExpected() {
        var expected = expected
        expected["voucher_ids"] = []
        #expect(ShoppingScore(state: state([order(right, voucher: .null)]), expected: expected).isComplete)
        #expect(!ShoppingScore(state: state([order(right)]), expected: expected).hasVoucher)
    }

    @Test func tooMuchMoneyLeftCostsOnePoint() {
        let score = ShoppingScore(state: state([order(right)], balance: 5.01), expected: expected)
        #expect(score.score == 4 && !score.hasBalance)
        #expect(score.issues == ["balance_exceeded: 5.01 > 5.0"])
        #expect(ShoppingScore(state: state([order(right)], balance: 5.0), expected: expected).hasBalance)
    }

    @Test func pendingOrdersCountForProductsOnlyInTheOriginalsMode() {
        let state = state([order(right, status: "pending")])
        let strict = ShoppingScore(state: state, expected: expected)
        #expect(strict.score == 0 && strict.maximum == 5)
        let source = ShoppingScore(state: state, expected: expected, mode: .source)
        #expect(source.score == 2 && source.productRate == 1)
    }

    @Test func withoutAStateNothingCanBeReached() {
        let score = ShoppingScore(state: nil, expected: expected)
        #expect(!score.isComplete && score.maximum == 0 && score.ratio == 0)
        #expect(score.json["ok"] == false && score.issues == ["missing_shopping_state"])
    }

    @Test func theExtrasAreReportedAndNotScored() throws {
        let extra = order([["product_id": "p9", "size": "single_pack", "quantity": 1]], total: 4)
        let state = state([order(right), extra], cart: [["cart_item_id": "cart_1"]])
        let score = ShoppingScore(state: state, expected: expected, spendingLimit: 34)
        #expect(score.isComplete)
        let extras = try #require(score.extras)
        #expect(!extras.isSingleOrder && !extras.isCartEmpty && extras.unexpectedProducts == ["p9"])
        #expect(extras.isSpendingLimitKept == false && !extras.allHold)
    }

    @Test func theSummaryOfTwoModelsIsWhatASpreadsheetGives() throws {
        let full = ShoppingScore(state: state([order(right)]), expected: expected)
        let voucher = ShoppingScore(state: state([order(right, voucher: .null)]), expected: expected)
        let nothing = ShoppingScore(state: state([]), expected: expected)
        let summaries = ShoppingScoreSummary.summaries(of: [
            .init(model: "b", score: full), .init(model: "a", score: full), .init(model: "a", score: voucher),
            .init(model: "a", score: nothing),
        ])
        #expect(summaries.map(\.model) == ["a", "b"])
        let first = try #require(summaries.first)
        #expect(first.count == 3)
        let wanted = [
            "avg_score": 3.0, "avg_max": 5, "avg_ratio": 0.6, "ok_rate": 1.0 / 3, "avg_pid": 2.0 / 3,
            "avg_qty_size": 2.0 / 3, "avg_voucher": 1.0 / 3, "avg_balance": 2.0 / 3,
        ]
        for (name, value) in wanted { #expect(abs((first.average(name) ?? -1) - value) < 1e-12, "\(name)") }
        #expect(summaries.last?.average("avg_ratio") == 1)
    }

    @Test func completionAndTargetsLeaveUndecidedTargetsOut() {
        var scores = TargetScores()
        scores.add([true, true, nil])
        scores.add([true, false])
        scores.add([nil])
        scores.add([])
        #expect(scores.count == 2 && scores.taskCompletion == 0.5 && scores.targetsAchieved == 0.75)
        #expect(scores.coverage == 4.0 / 6)
        scores.addFailure()
        #expect(scores.taskCompletion == 1.0 / 3 && scores.targetsAchieved == 0.5)
    }
}
