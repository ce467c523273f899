import JSON
import Testing

@testable import Pause

struct ShoppingPlanTests {
    private let catalog = ProductCatalog.standard

    @Test func plansOfTwoHundredSeedsAreUniqueOptima() async throws {
        let branch = ShoppingBranch()
        let base = try PauseStore.build(StoreSettings(seed: 1))
        var count = 0
        for seed in 1...200 {
            // The rest of a store does not matter for a plan: one is built, its seed is varied.
            var store = base
            store.meta.seed = seed
            let prepared = try branch.preparedStore(from: store, runs: 2)
            let wallet = prepared.profile.shopping.wallet
            #expect(wallet.vouchers.count == 4 && Set(wallet.vouchers.map(\.id)).count == 4, "seed \(seed)")
            #expect((0...5).contains(wallet.balance))
            for run in 0..<2 {
                for task in try await branch.makeTasks(for: prepared, run: run) {
                    count += 1
                    try check(task, in: prepared, seed: seed)
                }
            }
        }
        #expect(count > 380)
    }

    private func check(_ task: PauseTask, in store: PauseStore, seed: Int) throws {
        let plan = try #require(task.shoppingPlan)
        let expected = try #require(task.expectedTransaction)
        let isVIP = store.profile.shopping.wallet.isVIP || plan["accept_vip"] == true
        #expect(expected["vip"] == .bool(isVIP))
        let retrievals = try #require(plan["queries"]?.arrayValue).map { $0["retrieval"]?["type"] }
        #expect((retrievals.contains("care_plan")) == (plan["accept_vip"] == true))
        for wish in plan["queries"]?.arrayValue ?? [] {
            let query = try #require(wish["query"]?.objectValue)
            let chosen = try #require(wish["result"]?["items"]?[0])
            let fitting = BruteForce.fitting(plan, query, in: catalog)
            let units = try #require(chosen["num"]?.intValue)
            #expect((3...8).contains(units))
            let ranked = fitting.map { product in
                let price = product.options.map { BruteForce.price(product, $0.size, isVIP: isVIP) }.min() ?? 0
                return (id: product.id, value: query["objective"] == "calories" ? product.nutrition.calories : price)
            }.sorted { $0.value < $1.value }
            #expect(.string(ranked[0].id) == chosen["product_id"], "seed \(seed), \(task.label)")
            #expect((query["objective"] == nil) == (ranked.count == 1), "seed \(seed)")
            if ranked.count > 1 { #expect(ranked[0].value < ranked[1].value, "seed \(seed)") }
        }
        try checkVoucher(expected, isVIP: isVIP, in: store, seed: seed)
    }

    private func checkVoucher(_ expected: JSONObject, isVIP: Bool, in store: PauseStore, seed: Int) throws {
        let items = try #require(expected["items"]?.arrayValue)
        let today = store.profile.now.day
        let totals = store.profile.shopping.wallet.vouchers.compactMap { voucher in
            BruteForce.total(items, voucher: voucher, isVIP: isVIP, today: today, catalog: catalog).map {
                (id: voucher.id, total: $0)
            }
        }.sorted { $0.total < $1.total }
        let wanted: JSONValue = totals.first.map { [.string($0.id)] } ?? []
        #expect(expected["voucher_ids"] == wanted, "seed \(seed)")
        if totals.count > 1 { #expect(totals[1].total - totals[0].total >= 0.0099, "seed \(seed)") }
    }

    @Test func everyTaskOfAUserHasItsOwnDayForNotesAndPlans() throws {
        let store = try ShoppingBranch().preparedStore(from: PauseStore.build(StoreSettings(seed: 5)), runs: 20)
        for (list, key) in [(RecordList.notes, "time"), (.carePlans, "created_at")] {
            let days = store.profile.records(list).compactMap { $0[key]?.stringValue?.prefix(10) }
            #expect(!days.isEmpty && Set(days).count == days.count)
        }
    }

    @Test func theDeliveryIsSaidAndKeptInThePlan() async throws {
        let branch = ShoppingBranch()
        let store = try branch.preparedStore(from: PauseStore.build(StoreSettings(seed: 9)), runs: 12)
        var seen: Set<Bool> = []
        for run in 0..<12 {
            for task in try await branch.makeTasks(for: store, run: run) {
                let isToday = task.shoppingPlan?["delivery_in_today"] == true
                seen.insert(isToday)
                #expect(task.openingRequest?.contains("delivered today") == isToday)
                let wishes = task.shoppingPlan?["queries"]?.arrayValue ?? []
                #expect(wishes.allSatisfy { ($0["query"]?["delivery_in"] == ["today"]) == isToday })
            }
        }
        #expect(seen == [true, false])
    }

    @Test(arguments: [
        (3, [("single_pack", 3)]), (5, [("pack_5", 1)]), (8, [("pack_5", 1), ("single_pack", 3)]),
        (10, [("pack_5", 2)]),
    ])
    func unitsAreSplitIntoPacks(units: Int, lines: [(String, Int)]) throws {
        let product = try #require(catalog.products.first)
        let split = OrderLine.lines(of: product, units: units)
        #expect(split.map(\.size) == lines.map(\.0) && split.map(\.quantity) == lines.map(\.1))
    }
}
