import JSON
import Testing

@testable import Pause

struct ShoppingGoldTests {
    private func forEachTask(
        seeds: ClosedRange<Int>, _ body: (PauseTask, PauseStore) throws -> Void
    ) async throws {
        let branch = ShoppingBranch()
        for seed in seeds {
            let store = try branch.preparedStore(from: PauseStore.build(StoreSettings(seed: seed)), runs: 3)
            for run in 0..<3 {
                for task in try await branch.makeTasks(for: store, run: run) { try body(task, store) }
            }
        }
    }

    private func judgement(
        _ task: PauseTask, _ store: PauseStore, _ fault: GoldReplay.Fault = .init()
    ) -> RuleJudgement {
        Solutions.judgement(of: task, in: store, branch: "shopping", fault: fault)
    }

    @Test func theSolutionScoresFullAlsoWhereACarePlanForcesAMembership() async throws {
        var forced = 0
        try await forEachTask(seeds: 1...20) { task, store in
            let judgement = judgement(task, store)
            #expect(judgement.shopping?.ratio == 1, "\(task.label): \(judgement.issues)")
            #expect(judgement.isComplete == true, "\(task.label): \(judgement.issues)")
            #expect(judgement.shopping?.extras?.allHold == true)
            if task.shoppingPlan?["accept_vip"] == true, !store.profile.shopping.wallet.isVIP { forced += 1 }
        }
        #expect(forced >= 5)
    }

    @Test func plantedFaultsAreFoundAndNamed() async throws {
        var counts: [String: Int] = [:]
        try await forEachTask(seeds: 1...6) { task, store in
            let vouchers = store.profile.shopping.wallet.vouchers.map(\.id)
            var voucher = GoldReplay.Fault()
            voucher.changesCall = { call in
                guard call.name == "prepare_order" else { return call }
                var call = call
                let used = call.arguments["voucher_id"]?.stringValue
                call.arguments["voucher_id"] = used == nil ? .string(vouchers[0]) : nil
                return call
            }
            let wrong = judgement(task, store, voucher)
            // Another total may leave the order unpaid; then products are missing too.
            #expect(wrong.isComplete == false && wrong.issues.contains { $0.contains("voucher_ids_mismatch") })

            var over = GoldReplay.Fault()
            over.changesUserAction = { action in
                guard action.name == "top_up_wallet" else { return action }
                var action = action
                action.arguments["amount"] = JSONValue((action.arguments["amount"]?.doubleValue ?? 0) + 50)
                return action
            }
            let rich = judgement(task, store, over)
            if task.gold?.userActions.contains(where: { $0.name == "top_up_wallet" }) == true {
                #expect(rich.isComplete == false && rich.issues.contains { $0.contains("balance_exceeded") })
                counts["over_topup", default: 0] += 1
            }

            var silent = GoldReplay.Fault()
            silent.skipsUserAction = { $0.name.hasSuffix("_permission") }
            let forgetful = judgement(task, store, silent)
            #expect(forgetful.isComplete == false)
            #expect(
                forgetful.violations.contains { $0.hasPrefix("permission_order: ") && $0.contains("was not asked for") }
            )

            var intruder = GoldReplay.Fault()
            intruder.addedCalls = [.init(name: "top_up_wallet", arguments: ["amount": 1])]
            #expect(
                judgement(task, store, intruder).violations.contains(
                    "forbidden: the assistant called the user's tool top_up_wallet"))

            var idle = GoldReplay.Fault()
            idle.skipsCall = { _ in true }
            idle.skipsUserAction = { _ in true }
            let nothing = judgement(task, store, idle)
            #expect(nothing.shopping?.score == 0 || nothing.shopping?.hasVoucher == false)
            #expect(nothing.isComplete == false)
        }
        #expect((counts["over_topup"] ?? 0) > 0)
    }
}
