import JSON
import Testing

@testable import Pause

@Suite("Scripted assistants")
struct PauseSolutionPlayerTests {
    private static let wallet = Wallet(
        balance: 3,
        vouchers: [
            Voucher(
                id: "v1", brand: nil, minimumAmount: 0, factor: 0.9, isVIPOnly: false, expiryDate: nil, description: ""),
            Voucher(
                id: "v2", brand: nil, minimumAmount: 0, factor: 0.8, isVIPOnly: false, expiryDate: nil, description: ""),
        ])

    private static let order: PauseTask = {
        var task = PauseTask(instruction: "", label: "shopping", targets: ["t"], difficulty: .hard)
        task.gold = PauseGold(
            toolCalls: [
                .init(name: "add_to_cart", arguments: ["product_id": "p"]),
                .init(name: "prepare_order", arguments: ["voucher_id": "v1"]),
            ],
            userActions: [
                .init(before: 1, name: "set_purchase_permission", arguments: ["allow": true]),
                .init(before: 2, name: "top_up_wallet", arguments: ["amount": 7.5]),
                .init(before: 2, name: "authorize_checkout", arguments: ["transaction_id": "$transaction"]),
            ])
        return task
    }()

    private static let prepared: JSONValue = [
        "pending_transaction": ["transaction_id": "txn_1", "status": "pending", "final_total": 10.5]
    ]

    /// Everything that a script does with the order, results of `prepare_order` fed in.
    private static func moves(_ script: PauseScript) -> [PauseSolutionPlayer.Move] {
        var player = PauseSolutionPlayer(script, task: order, wallet: wallet)
        var moves: [PauseSolutionPlayer.Move] = []
        for _ in 0..<6 {
            let move = player.next()
            moves.append(move)
            if case .call("prepare_order", _) = move { player.learn(prepared, of: "prepare_order") }
        }
        return moves
    }

    private static func ask(_ lines: String...) -> PauseSolutionPlayer.Move {
        .say("To go on I need your help. Please call:\n" + lines.joined(separator: "\n"))
    }

    @Test func theOraclePlaysTheSolutionAndAsksTheUserInBetween() {
        let moves = Self.moves(.oracle)
        #expect(moves[0] == .call("add_to_cart", ["product_id": "p"]))
        #expect(moves[1] == Self.ask(#"set_purchase_permission({"allow":true})"#))
        #expect(moves[2] == .call("prepare_order", ["voucher_id": "v1"]))
        #expect(
            moves[3]
                == Self.ask(#"top_up_wallet({"amount":7.5})"#, #"authorize_checkout({"transaction_id":"txn_1"})"#))
        #expect(moves[4] == .say("Everything that you asked for is done."))
    }

    @Test func eachFaultIsTheSolutionWithOneThingWrong() {
        #expect(Self.moves(.wrongVoucher)[2] == .call("prepare_order", ["voucher_id": "v2"]))
        #expect(
            Self.moves(.overTopUp)[3]
                == Self.ask(#"top_up_wallet({"amount":32.5})"#, #"authorize_checkout({"transaction_id":"txn_1"})"#))
        #expect(Self.moves(.forgetsPermission)[1] == .call("prepare_order", ["voucher_id": "v1"]))
        #expect(Self.moves(.callsUserTool)[0] == .call("set_purchase_permission", ["allow": true]))
        guard case .say = Self.moves(.noop)[0] else {
            Issue.record("noop calls nothing")
            return
        }
    }

    @Test func aRefusedCallIsRepeatedOnceAfterTheUserWasAsked() {
        var task = PauseTask(instruction: "", label: "", targets: ["t"], difficulty: .hard)
        task.gold = PauseGold(toolCalls: [.init(name: "list_notes", arguments: [:])])
        var player = PauseSolutionPlayer(.oracle, task: task, wallet: Self.wallet)
        #expect(player.next() == .call("list_notes", [:]))
        player.learn(["error": ["code": "PERMISSION_DENIED"]], of: "list_notes")
        #expect(player.next() == Self.ask(#"set_user_notes_permission({"allow":true})"#))
        #expect(player.next() == .call("list_notes", [:]))
        player.learn(["error": ["code": "PERMISSION_DENIED"]], of: "list_notes")
        #expect(player.next() == .say("Everything that you asked for is done."))
    }

    @Test(arguments: [(10.5, 3.0, 7.5), (10.005, 0.0, 10.01), (2.0, 3.0, 0.0)])
    func whatIsMissingIsRoundedUpToCents(total: Double, balance: Double, missing: Double) {
        var ledger = PauseMoneyLedger(wallet: Wallet(balance: balance))
        ledger.learn(["transaction_id": "txn_1", "final_total": JSONValue(total)], of: "prepare_order")
        #expect(ledger.missing == missing)
    }
}
