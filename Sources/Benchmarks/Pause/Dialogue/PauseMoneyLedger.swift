import JSON

/// What a scripted assistant knows about the user's money: the balance, and what is waiting to be paid.
struct PauseMoneyLedger: Sendable, Hashable {
    /// What `over_topup` adds to what is needed.
    static let excess = 25.0

    private(set) var balance: Double
    private let vouchers: [String]
    private var pendingTotal: Double?
    private(set) var newestTransaction: String?

    init(wallet: Wallet) {
        balance = wallet.balance
        vouchers = wallet.vouchers.map(\.id)
    }

    /// How much the wallet lacks for the newest pending transaction, in whole cents; nil when nothing is pending.
    var missing: Double? {
        pendingTotal.map { max(0, Double(Int((($0 - balance) * 100 - 1e-6).rounded(.up))) / 100) }
    }

    /// Another voucher than this one: one of the user's, or none where there is no other.
    func otherVoucher(than voucher: String?) -> String? { vouchers.first { $0 != voucher } }

    /// Takes in what a tool said.
    mutating func learn(_ result: JSONValue, of tool: String) {
        switch tool {
        case "get_wallet":
            if let amount = (result["balance"] ?? result["wallet"]?["balance"])?.doubleValue { balance = amount }
        case "prepare_order", "upgrade_membership_request", "med-create_appointment":
            let found = result["pending_transaction"] ?? result["transaction"] ?? result["appointment"] ?? result
            guard let id = (found["transaction_id"] ?? result["transaction_id"])?.stringValue else { return }
            newestTransaction = id
            pendingTotal = (found["final_total"] ?? found["amount"] ?? found["price"] ?? found["fee"])?.doubleValue
        default: break
        }
    }

    mutating func topUp(_ amount: Double) { balance += amount }

    /// The user pays what is pending.
    mutating func authorize() {
        if let total = pendingTotal, total <= balance + 1e-9 { balance -= total }
        pendingTotal = nil
    }
}
