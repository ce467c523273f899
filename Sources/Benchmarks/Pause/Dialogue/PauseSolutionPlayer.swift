import JSON

/// Decides what a scripted assistant does next: the pure part of it.
///
/// The solution is a list of calls with requests to the user between them. A gate that refuses a call is opened by asking
/// the user, and the call is repeated, once.
struct PauseSolutionPlayer: Sendable {
    /// What the assistant does next.
    enum Move: Sendable, Hashable {
        case say(String)
        case call(String, JSONObject)
    }

    /// A part of the solution.
    private enum Step: Sendable {
        case call(PauseGold.Call)
        case ask([PauseGold.UserAction])
        case tell(String)
    }

    private let script: PauseScript
    private let task: PauseTask
    private var steps: [Step] = []
    private var money: PauseMoneyLedger
    private var current: PauseGold.Call?
    private var repeated: Set<Int> = []
    private var position = 0
    private var hasToldUserTool = false

    init(_ script: PauseScript, task: PauseTask, wallet: Wallet) {
        self.script = script
        self.task = task
        money = PauseMoneyLedger(wallet: wallet)
        steps = script == .noop ? [.tell("I am sorry, there is nothing that I can do about this.")] : solution()
    }

    /// The next move; at the end of the solution, and ever after, what there is to tell.
    mutating func next() -> Move {
        while position < steps.count {
            let step = steps[position]
            position += 1
            switch step {
            case .call(let call): return play(call)
            case .ask(let actions):
                if let move = request(actions) { return move }
            case .tell(let text): return .say(text)
            }
        }
        current = nil
        return .say("That is all that there was to do.")
    }

    /// Takes in the result of a call of its own.
    mutating func learn(_ result: JSONValue, of tool: String) {
        money.learn(result, of: tool)
        guard let call = current, call.name == tool, let code = result["error"]?["code"]?.stringValue else { return }
        current = nil
        guard script != .forgetsPermission, repeated.insert(position).inserted else { return }
        let asked = Self.remedy(for: code, of: tool)
        guard !asked.isEmpty else { return }
        steps.insert(contentsOf: [.ask(asked), .call(call)], at: position)
        repeated.insert(position + 2)
    }

    // MARK: The solution

    private func solution() -> [Step] {
        guard let gold = task.gold else { return [.tell("I do not know how this is solved.")] }
        var steps: [Step] = []
        for index in 0...gold.toolCalls.count {
            let actions = gold.userActions.filter { $0.before == index }
            if !actions.isEmpty { steps.append(.ask(actions)) }
            if index < gold.toolCalls.count { steps.append(.call(gold.toolCalls[index])) }
        }
        let answers = gold.spokenAnswers
        steps.append(.tell(answers.isEmpty ? "Everything that you asked for is done." : answers))
        return steps
    }

    private mutating func play(_ call: PauseGold.Call) -> Move {
        if script == .callsUserTool, let move = intrusion() { return move }
        current = call
        var arguments = call.arguments
        if call.name == "prepare_order", script == .wrongVoucher {
            arguments["voucher_id"] = money.otherVoucher(than: arguments["voucher_id"]?.stringValue).map { .string($0) }
        }
        return .call(call.name, arguments)
    }

    /// The user's tool that a faulty assistant calls itself: the first that the solution needs and that is refused.
    private mutating func intrusion() -> Move? {
        guard !hasToldUserTool else { return nil }
        hasToldUserTool = true
        let needed = task.gold?.userActions.first { $0.name != "authorize_checkout" }
        position -= 1
        guard let needed else { return .call("set_raw_data_permission", ["allow": true]) }
        return .call(needed.name, needed.arguments)
    }

    // MARK: The user's part

    /// Asks the user to call tools; nil when there is nothing left to ask for.
    private mutating func request(_ actions: [PauseGold.UserAction]) -> Move? {
        if script == .callsUserTool, let move = intrusion() { return move }
        var lines: [String] = []
        for action in actions {
            if script == .forgetsPermission, action.name.hasSuffix("_permission") { continue }
            guard let arguments = arguments(of: action) else { continue }
            lines.append("\(action.name)(\(JSONValue.object(arguments).text()))")
        }
        guard !lines.isEmpty else { return nil }
        return .say("To go on I need your help. Please call:\n" + lines.joined(separator: "\n"))
    }

    /// The arguments with everything that only the dialogue shows put in; nil where the call has become pointless.
    private mutating func arguments(of action: PauseGold.UserAction) -> JSONObject? {
        var arguments = action.arguments
        switch action.name {
        case "top_up_wallet":
            // After another voucher the price is another, so what is missing is counted, not looked up.
            let amount =
                script == .wrongVoucher ? money.missing : arguments["amount"]?.doubleValue ?? money.missing
            guard let amount, amount > 0 else { return nil }
            let added = script == .overTopUp ? amount + PauseMoneyLedger.excess : amount
            arguments["amount"] = JSONValue(added)
            money.topUp(added)
        case "authorize_checkout":
            if arguments["transaction_id"] == nil || arguments["transaction_id"] == "$transaction" {
                guard let transaction = money.newestTransaction else { return nil }
                arguments["transaction_id"] = .string(transaction)
            }
            money.authorize()
        default: break
        }
        return arguments
    }

    /// What the user can do about a refusal.
    private static func remedy(for code: String, of tool: String) -> [PauseGold.UserAction] {
        let allow: JSONObject = ["allow": true]
        let permission: String? =
            switch tool {
            case "list_notes", "add_note", "delete_note": "set_user_notes_permission"
            case "prepare_order", "upgrade_membership_request": "set_purchase_permission"
            case "get_med_features": "set_med_assistant_permission"
            case _ where tool.hasPrefix("med-"): "set_med_assistant_permission"
            case _ where tool == "get_source_features" || tool.contains("-get_intraday"): "set_raw_data_permission"
            default: nil
            }
        guard code == "PERMISSION_DENIED", let permission else { return [] }
        return [.init(before: 0, name: permission, arguments: allow)]
    }
}
