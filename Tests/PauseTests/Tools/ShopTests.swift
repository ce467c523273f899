import JSON
import Testing

@testable import Pause

/// A shop of three products whose prices are easy to reckon with.
enum SmallShop {
    static let catalog = ProductCatalog(products: [
        product("p_bar", "Bar", price: 4, factor: 0.5, vip: true, brand: "DailyGrove"),
        product("p_nut", "Nuts", price: 3.33, factor: 0.7, vip: false, brand: "DailyGrove"),
        product("p_tea", "Tea", price: 10, factor: 1, vip: false, brand: "ClearMeadow"),
    ])

    private static func product(
        _ id: String, _ name: String, price: Double, factor: Double, vip: Bool, brand: String
    ) -> Product {
        Product(
            id: id, name: name, tags: ["low_fat", brand], baseTags: ["bar"], stock: 10, discountFactor: factor,
            isDiscountVIPOnly: vip, unit: "g", weight: 30,
            nutrition: .init(calories: 100, sugar: 1, protein: 2, fat: 3, fiber: 4, sodium: 5),
            options: [.init(size: "single_pack", price: price), .init(size: "pack_5", price: price * 4.5)],
            delivery: .today)
    }

    static func voucher(
        brand: String? = "DailyGrove", minimum: Double = 0, factor: Double = 0.9, vip: Bool = false,
        expiry: String? = nil
    ) -> Voucher {
        Voucher(
            id: "v1", brand: brand, minimumAmount: minimum, factor: factor, isVIPOnly: vip, expiryDate: expiry,
            description: "")
    }
}

@Suite("P19-P21, P23: the shop")
struct ShopTests {
    private func shop(
        _ vouchers: [Voucher] = [], balance: Double = 0, isVIP: Bool = false,
        _ options: PauseWorldOptions = PauseWorldOptions(isShopping: true)
    ) throws -> Platform {
        var platform = try Platform(options, catalog: SmallShop.catalog)
        platform.world.store.profile.shopping.wallet = Wallet(balance: balance, isVIP: isVIP, vouchers: vouchers)
        platform.grant(.purchase)
        return platform
    }

    private func fill(_ platform: inout Platform, _ items: [(String, String, Int)]) {
        for (product, size, quantity) in items {
            let outcome = platform.assistant(
                "add_to_cart",
                ["product_id": .string(product), "size": .string(size), "quantity": .init(quantity)])
            #expect(outcome.value["success"] == true)
        }
    }

    @Test("P19: a members' discount counts for members only")
    func memberDiscount() throws {
        for (isVIP, unit, total) in [(false, 4.0, 12.0), (true, 2.0, 6.0)] {
            var platform = try shop(isVIP: isVIP)
            fill(&platform, [("p_bar", "single_pack", 3)])
            let cart = platform.assistant("get_cart").value
            #expect(cart["items"]?[0]?["unit_price"]?.doubleValue == unit)
            #expect(cart["items"]?[0]?["discount_factor_applied"]?.doubleValue == (isVIP ? 0.5 : 1))
            #expect(cart["total_price"]?.doubleValue == total)
            #expect(cart["total_items"] == 3)
        }
    }

    @Test("P19: unit prices are rounded before they are multiplied")
    func rounding() throws {
        var platform = try shop()
        // 3.33 × 0.7 = 2.331 → 2.33; 14.985 × 0.7 = 10.4895 → 10.49.
        fill(&platform, [("p_nut", "single_pack", 4), ("p_nut", "pack_5", 1)])
        let order = platform.assistant("prepare_order").value["pending_transaction"]
        #expect(order?["final_total"]?.doubleValue == 19.81)
        #expect(order?["items"]?[0]?["subtotal"]?.doubleValue == 9.32)
        #expect(order?["voucher_internal"] == nil)
        #expect(order?["voucher_id"] == .null)
        #expect(platform.assistant("get_cart").value["total_items"] == 0)
    }

    @Test(
        "P19: vouchers, by hand",
        arguments: [
            // Bars 3 × 4, tea 1 × 10: ten percent off the brand's 12.
            (SmallShop.voucher(), 20.8, []),
            (SmallShop.voucher(brand: nil), 19.8, []),
            (SmallShop.voucher(minimum: 12), 20.8, []),
            (SmallShop.voucher(minimum: 12.01), 22, ["min_amount_not_met"]),
            (SmallShop.voucher(vip: true), 22, ["vip_required"]),
            (SmallShop.voucher(expiry: "2000-01-01"), 22, ["expired"]),
            (
                SmallShop.voucher(minimum: 99, vip: true, expiry: "2000-1-1"), 22,
                ["vip_required", "expired", "min_amount_not_met"]
            ),
        ] as [(Voucher, Double, [String])])
    func vouchers(_ voucher: Voucher, _ total: Double, _ reasons: [String]) throws {
        var platform = try shop([voucher])
        fill(&platform, [("p_bar", "single_pack", 3), ("p_tea", "single_pack", 1)])
        let order = platform.assistant("prepare_order", ["voucher_id": "v1"]).value["pending_transaction"]
        #expect(order?["final_total"]?.doubleValue == total)
        let kept = platform.world.store.profile.shopping.transactions[0]["voucher_internal"]
        #expect(kept?["fail_reasons"]?.arrayValue?.compactMap(\.stringValue) == reasons)
        #expect(kept?["applied"]?.boolValue == reasons.isEmpty)
    }

    @Test("P19: the minimum is tested on prices before the products' discounts, the voucher taken off after them")
    func minimumSpend() throws {
        var platform = try shop([SmallShop.voucher(minimum: 12)], isVIP: true)
        fill(&platform, [("p_bar", "single_pack", 3)])
        let order = platform.assistant("prepare_order", ["voucher_id": "v1"]).value["pending_transaction"]
        // 12 at full price meets the minimum; members pay 6, ten percent off is 5.4.
        #expect(order?["final_total"]?.doubleValue == 5.4)
    }

    @Test("P19: a voucher may be used on its last day, not after; the original never looks")
    func expiry() throws {
        let today = try Platform().world.store.profile.now.day
        for (day, isApplied) in [(today, true), (today.advanced(by: -1), false)] {
            var platform = try shop([SmallShop.voucher(expiry: day.description)])
            fill(&platform, [("p_bar", "single_pack", 3)])
            platform.assistant("prepare_order", ["voucher_id": "v1"])
            let kept = platform.world.store.profile.shopping.transactions[0]["voucher_internal"]
            #expect(kept?["applied"]?.boolValue == isApplied)
        }
        var original = try shop(
            [SmallShop.voucher(expiry: "2000-01-01")], PauseWorldOptions(compatibility: .source))
        fill(&original, [("p_bar", "single_pack", 3)])
        #expect(
            original.assistant("prepare_order", ["voucher_id": "v1"])
                .value["pending_transaction"]?["final_total"]?.doubleValue == 10.8)
    }

    @Test("P19: a voucher id that is wrong does not stop an order")
    func wrongVoucher() throws {
        var platform = try shop([SmallShop.voucher()])
        fill(&platform, [("p_tea", "single_pack", 2)])
        let order = platform.assistant("prepare_order", ["voucher_id": "v9"]).value["pending_transaction"]
        #expect(order?["final_total"]?.doubleValue == 20)
        #expect(order?["voucher_id"] == "v9")
    }

    @Test("The cart refuses what is not sold, and forgets a line by its id")
    func cart() throws {
        var platform = try shop()
        func add(_ product: String, _ size: String, _ quantity: Int, _ platform: inout Platform) -> String? {
            platform.assistant(
                "add_to_cart", ["product_id": .string(product), "size": .string(size), "quantity": .init(quantity)]
            ).errorCode
        }
        #expect(add("p_x", "single_pack", 1, &platform) == "INVALID_PRODUCT_ID")
        #expect(add("p_tea", "pack_3", 1, &platform) == "INVALID_SIZE")
        #expect(add("p_tea", "pack_5", 0, &platform) == "INVALID_QUANTITY")
        #expect(platform.assistant("prepare_order").errorCode == "CART_EMPTY")
        #expect(add("p_tea", "pack_5", 1, &platform) == nil)
        #expect(add("p_tea", "pack_5", 2, &platform) == nil)
        let items = platform.assistant("get_cart").value["items"]?.arrayValue ?? []
        #expect(items.count == 2)
        let id = items[0]["cart_item_id"] ?? .null
        #expect(platform.assistant("remove_from_cart", ["cart_item_id": id]).value == ["success": true])
        #expect(platform.assistant("remove_from_cart", ["cart_item_id": id]).errorCode == "CART_ITEM_NOT_FOUND")
    }

    @Test("Browsing shows fifteen a page without base tags; an unknown product has no details")
    func browsing() throws {
        var platform = try Platform()
        let page = platform.assistant("browse_items", ["page": 1]).value
        #expect(page["content"]?.arrayValue?.count == 15)
        #expect(page["max_page"] == 5)
        let row = page["content"]?[0]?.objectValue
        #expect(row?.keys == ["product_id", "name", "price", "discount", "tags"])
        #expect(platform.assistant("browse_items", ["page": 5]).value["content"]?.arrayValue?.count == 12)
        #expect(platform.assistant("browse_items", ["page": 6]).value["content"] == [])
        #expect(platform.assistant("browse_items", ["page": 0]).value["content"] == [])
        let details = platform.assistant("inspect_item", ["product_id": row?["product_id"] ?? .null]).value
        #expect(details["base_tags"] == nil && details["index"] == nil)
        #expect(details["delivery"]?.stringValue != nil)
        #expect(platform.assistant("inspect_item", ["product_id": "p_x"]).value == [:])
    }

    @Test(
        "P20: a membership costs its price, lasts its days, and prices pending orders again",
        arguments: [("1_month", 20.0, 30), ("3_months", 50, 90), ("1_year", 150, 365)])
    func membership(_ duration: String, _ price: Double, _ days: Int) throws {
        var platform = try shop([SmallShop.voucher(vip: true)], balance: 160)
        fill(&platform, [("p_bar", "single_pack", 3), ("p_tea", "single_pack", 1)])
        platform.assistant("prepare_order", ["voucher_id": "v1"])
        #expect(
            platform.assistant("upgrade_membership_request", ["vip_duration": "2_weeks"]).errorCode
                == "INVALID_VIP_DURATION")
        let request = platform.assistant("upgrade_membership_request", ["vip_duration": .string(duration)])
            .value["pending_transaction"]
        #expect(request?["amount"]?.doubleValue == price)
        let paid = platform.user("authorize_checkout", ["transaction_id": request?["transaction_id"] ?? .null]).value
        #expect(paid["wallet"]?["balance"]?.doubleValue == 160 - price)
        #expect(
            paid["wallet"]?["vip_expiry"]?.stringValue
                == platform.world.store.profile.now.day.advanced(by: days).description)
        // Bars at half price: 6, ten percent off by the members' voucher 5.4, tea 10.
        let order = platform.assistant("get_transactions").value["transactions"]?[0]
        #expect(order?["final_total"]?.doubleValue == 15.4)
        #expect(order?["status"] == "pending")
        #expect(platform.world.isVIP)
    }

    @Test("Paying an order takes its price and its voucher, once")
    func checkout() throws {
        var platform = try shop([SmallShop.voucher()], balance: 15)
        fill(&platform, [("p_bar", "single_pack", 3), ("p_tea", "single_pack", 1)])
        let order = platform.assistant("prepare_order", ["voucher_id": "v1"]).value["pending_transaction"]
        let id: JSONObject = ["transaction_id": order?["transaction_id"] ?? .null]
        #expect(platform.user("authorize_checkout", id).errorCode == "INSUFFICIENT_BALANCE")
        #expect(platform.user("top_up_wallet", ["amount": 0]).errorCode == "INVALID_AMOUNT")
        #expect(platform.user("top_up_wallet", ["amount": 5.85]).value["wallet"]?["balance"]?.doubleValue == 20.85)
        let paid = platform.user("authorize_checkout", id).value
        #expect(paid["wallet_balance"]?.doubleValue == 0.05)
        #expect(paid["transaction"]?["status"] == "completed")
        #expect(platform.world.store.profile.shopping.wallet.vouchers.isEmpty)
        #expect(platform.user("authorize_checkout", id).errorCode == "TRANSACTION_NOT_PENDING")
        #expect(platform.user("authorize_checkout", ["transaction_id": "txn_x"]).errorCode == "TRANSACTION_NOT_FOUND")
    }

    @Test("P21: an appointment is pending until its fee is paid, and can be cancelled")
    func appointment() throws {
        var platform = try shop(balance: 7, isVIP: true)
        platform.grant(.medAssistant)
        let provider = platform.assistant("med-get_provider_list").value["providers"]?[0]?["provider_id"] ?? .null
        var arguments: JSONObject = [
            "provider_id": provider, "date": "2026-01-05", "time": "10:30", "duration": 30, "reason": "knee",
        ]
        let made = platform.assistant("med-create_appointment", arguments).value["appointment"]
        #expect(made?["status"] == "pending")
        #expect(made?["fee"]?.doubleValue == 5)
        let paid = platform.user("authorize_checkout", ["transaction_id": made?["transaction_id"] ?? .null]).value
        #expect(paid["appointment"]?["status"] == "confirmed")
        #expect(paid["wallet_balance"]?.doubleValue == 2)
        let id: JSONObject = ["appointment_id": made?["appointment_id"] ?? .null]
        #expect(platform.assistant("med-cancel_appointment", id).value["status"] == "cancelled")
        let listed = platform.assistant("med-get_resources", ["resource_type": "appointments"]).value["resources"]
        #expect(listed?[0]?["status"] == "cancelled")
        for (key, value) in [
            ("date", JSONValue.string("05.01.2026")), ("time", "25:00"), ("duration", 0), ("provider_id", "nobody"),
        ] {
            arguments[key] = value
            var copy = platform
            #expect(copy.assistant("med-create_appointment", arguments).exception?.kind == .value)
        }
    }

    @Test("P23: orders and memberships need the permission to purchase")
    func purchasePermission() throws {
        var platform = try shop()
        platform.user("set_purchase_permission", ["allow": false])
        fill(&platform, [("p_tea", "single_pack", 1)])
        #expect(platform.assistant("prepare_order").errorCode == "PERMISSION_DENIED")
        #expect(
            platform.assistant("upgrade_membership_request", ["vip_duration": "1_month"]).errorCode
                == "PERMISSION_DENIED")
        platform.user("set_purchase_permission", ["allow": true])
        #expect(platform.assistant("prepare_order").errorCode == nil)
        #expect(platform.world.gateTrace.map(\.gate) == [.purchase, .purchase, .purchase])
        platform.world.store.profile.authorization.enforcesPurchasePermission = false
        platform.user("set_purchase_permission", ["allow": false])
        #expect(platform.assistant("upgrade_membership_request", ["vip_duration": "1_month"]).errorCode == nil)
    }

    @Test("P23: completed orders and this one stay within the limit")
    func spendingLimit() throws {
        var platform = try shop(balance: 100)
        #expect(platform.user("set_spending_limit", ["limit": -1]).errorCode == "INVALID_AMOUNT")
        #expect(platform.user("set_spending_limit", ["limit": 30]).value["spending_limit"]?.doubleValue == 30)
        func order(_ quantity: Int, _ platform: inout Platform) -> PauseToolOutcome {
            fill(&platform, [("p_tea", "single_pack", quantity)])
            let made = platform.assistant("prepare_order").value["pending_transaction"]?["transaction_id"] ?? .null
            return platform.user("authorize_checkout", ["transaction_id": made])
        }
        #expect(order(2, &platform).errorCode == nil)
        #expect(order(2, &platform).errorCode == "SPENDING_LIMIT_EXCEEDED")
        #expect(order(1, &platform).errorCode == nil)
        #expect(platform.user("set_spending_limit", ["limit": .null]).value["spending_limit"] == .null)
        #expect(order(2, &platform).errorCode == nil)
    }

    @Test("P23: the original knows neither permission nor limit")
    func sourceIgnores() throws {
        var platform = try shop(balance: 100, PauseWorldOptions(compatibility: .source))
        platform.user("set_purchase_permission", ["allow": false])
        platform.world.store.profile.authorization.spendingLimit = 30
        fill(&platform, [("p_tea", "single_pack", 4)])
        let order = platform.assistant("prepare_order").value["pending_transaction"]
        #expect(
            platform.user("authorize_checkout", ["transaction_id": order?["transaction_id"] ?? .null]).errorCode == nil)
        #expect(platform.user("set_spending_limit", ["limit": 3]).exception?.kind == .unknownTool)
    }
}
