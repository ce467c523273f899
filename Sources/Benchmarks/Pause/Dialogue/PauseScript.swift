/// The scripted assistants.
enum PauseScript: String, Sendable, Hashable, CaseIterable {
    /// Plays the task's solution.
    case oracle
    /// Says that it can do nothing.
    case noop
    /// Plays the solution with another voucher.
    case wrongVoucher = "wrong_voucher"
    /// Plays the solution and has the user put too much money into the wallet.
    case overTopUp = "over_topup"
    /// Plays the solution without asking for any permission.
    case forgetsPermission = "forgets_permission"
    /// Calls a tool of the user's instead of asking the user to.
    case callsUserTool = "calls_user_tool"
}
