import JSON
import Testing

@testable import Tau

@Suite("Retail world")
struct RetailWorldTests {
    private func call(_ world: inout any TauWorld, _ name: String, _ arguments: JSONObject) throws -> JSONValue {
        let outcome = world.call(name, arguments: arguments, requestor: .assistant)
        #expect(!outcome.isError, "\(outcome.content)")
        return try JSONValue.parse(outcome.content)
    }

    private func failure(_ world: inout any TauWorld, _ name: String, _ arguments: JSONObject) -> String {
        world.call(name, arguments: arguments, requestor: .assistant).content
    }

    private func balance(_ world: any TauWorld) -> JSONValue? {
        world.state.agent.dump["users"]?["ada_1"]?["payment_methods"]?["gift_card_1"]?["balance"]
    }

    @Test func loadingMakesFloatsOfIntegersAndFillsNulls() throws {
        var world = try SmallDomains.retail().makeWorld()
        #expect(balance(world) == 50.0)
        let order = try call(&world, "get_order_details", ["order_id": "#W1"])
        #expect(order["return_items"] == .null)
        #expect(order.objectValue?.keys.last == "return_payment_method_id")
    }

    @Test func everyItemGetsTheLastVariantsPrice() throws {
        var world = try SmallDomains.retail().makeWorld()
        let order = try call(
            &world, "modify_pending_order_items",
            [
                "order_id": "#W1", "item_ids": ["mug-red", "pen-thin"], "new_item_ids": ["mug-blue", "pen-wide"],
                "payment_method_id": "gift_card_1",
            ])
        #expect(order["items"]?[0]?["item_id"] == "mug-blue")
        #expect(order["items"]?[0]?["price"] == 2.25)
        #expect(order["items"]?[1]?["price"] == 2.25)
        #expect(order["status"] == "pending (item modified)")
        // The payment is the raw sum; the card is rounded to cents.
        #expect(order["payment_history"]?[1]?["amount"] == JSONValue((20 - 10.06) + (2.25 - 1.5)))
        #expect(balance(world) == 39.31)
    }

    @Test func cancellingRefundsEveryEntryOfTheHistory() throws {
        var world = try SmallDomains.retail().makeWorld()
        _ = try call(
            &world, "modify_pending_order_payment", ["order_id": "#W1", "payment_method_id": "paypal_1"])
        #expect(balance(world) == 61.56)
        let order = try call(
            &world, "cancel_pending_order", ["order_id": "#W1", "reason": "ordered by mistake"])
        #expect(order["payment_history"]?.arrayValue?.count == 6)
        #expect(balance(world) == 84.68)
        #expect(
            failure(&world, "cancel_pending_order", ["order_id": "#W1", "reason": "ordered by mistake"])
                == "Error: Non-pending order cannot be cancelled")
    }

    @Test func anExchangeSortsBothListsOnTheirOwn() throws {
        var world = try SmallDomains.retail().makeWorld()
        let order = try call(
            &world, "exchange_delivered_order_items",
            [
                "order_id": "#W2", "item_ids": ["pen-wide", "mug-blue"], "new_item_ids": ["pen-thin", "mug-red"],
                "payment_method_id": "credit_card_1",
            ])
        #expect(order["exchange_items"] == ["mug-blue", "pen-wide"])
        #expect(order["exchange_new_items"] == ["mug-red", "pen-thin"])
        #expect(order["exchange_price_difference"] == -10.69)
    }

    @Test func anExchangeOfNothingHasAnIntegerDifference() throws {
        var world = try SmallDomains.retail().makeWorld()
        let order = try call(
            &world, "exchange_delivered_order_items",
            ["order_id": "#W2", "item_ids": "", "new_item_ids": [], "payment_method_id": "paypal_1"])
        #expect(order["exchange_price_difference"] == 0)
        #expect(order["exchange_items"] == [])
    }

    @Test(
        "refusals name what is wrong",
        arguments: [
            ("exchange_delivered_order_items", ["mug-blue", "mug-blue"], "Number of mug-blue not found."),
            ("exchange_delivered_order_items", ["mug-blue"], "New item mug-gone not found or available"),
            ("exchange_delivered_order_items", 5, "'int' object is not iterable"),
            ("exchange_delivered_order_items", ["mug-blue": 1], "'dict' object has no attribute 'count'"),
            ("exchange_delivered_order_items", "ab", "Number of a not found."),
            ("return_delivered_order_items", ["pen-thin"], "Payment method should be the original payment method"),
        ] as [(String, JSONValue, String)])
    func refusals(tool: String, items: JSONValue, text: String) throws {
        var world = try SmallDomains.retail().makeWorld()
        try world.state.agent.update("mug", in: "products") {
            $0["variants"]?["mug-gone"] = ["item_id": "mug-gone", "options": [:], "available": false, "price": 1.0]
        }
        var arguments: JSONObject = ["order_id": "#W2", "item_ids": items, "payment_method_id": "paypal_1"]
        if tool.hasPrefix("exchange") { arguments["new_item_ids"] = ["mug-gone"] }
        #expect(failure(&world, tool, arguments) == "Error: \(text)")
    }
}
