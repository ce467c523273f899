import Evaluation
import JSON

/// What a template writes a task with: it plays the solution in a world, and notes what that takes and gives.
///
/// Everything in the gold data comes from here: calls as they were made, the user's actions between them, answers as
/// they were read from results, and the changes of the profile as the world made them.
struct TemplateScene {
    /// The world in which the solution is played.
    private(set) var world: PauseWorld
    /// What the template draws from.
    var stream: PauseStream
    /// The profile before the first call.
    let start: PauseProfile
    private(set) var targets: [String] = []
    private var gold = PauseGold()
    private var owners: [String: Int] = [:]
    private var freeTexts: Set<String> = []

    init(store: PauseStore, stream: PauseStream, options: PauseWorldOptions, catalog: ProductCatalog) {
        world = PauseWorld(store: store, options: options, catalog: catalog)
        self.stream = stream
        start = store.profile
    }

    // MARK: What the template says

    /// Begins a target: what follows belongs to it.
    mutating func target(_ text: String) { targets.append(text) }

    /// Notes a value that the assistant has to tell the user.
    mutating func answer(_ key: String, _ value: JSONValue, tolerance: Double = 0, unit: String? = nil) {
        gold.answers.append(
            PauseGold.Answer(
                target: max(0, targets.count - 1), key: key, value: value, tolerance: tolerance, unit: unit))
    }

    /// Notes a number, with two decimals, that the assistant has to tell the user.
    mutating func answer(_ key: String, number: Double, tolerance: Double, unit: String? = nil) {
        answer(key, JSONValue(roundedLikePython(number, 2)), tolerance: tolerance, unit: unit)
    }

    /// Notes something that must not be done.
    mutating func forbid(_ predicate: RuleJudge.Predicate) { gold.forbidden.append(predicate.rawValue) }

    // MARK: What the template does

    /// Calls a tool as the assistant, only to learn something.
    @discardableResult
    mutating func look(_ tool: String, _ arguments: JSONObject) throws -> JSONValue {
        try call(tool, arguments, target: nil, free: [])
    }

    /// Calls a tool as the assistant because the current target asks for it; `free` names arguments of free text.
    @discardableResult
    mutating func act(_ tool: String, _ arguments: JSONObject, free: [String] = []) throws -> JSONValue {
        try call(tool, arguments, target: max(0, targets.count - 1), free: free)
    }

    private mutating func call(
        _ tool: String, _ arguments: JSONObject, target: Int?, free: [String]
    ) throws -> JSONValue {
        let before = world.store.profile.json
        let outcome = world.call(tool, arguments: arguments, by: .agent)
        try check(outcome, of: tool)
        gold.toolCalls.append(
            PauseGold.Call(name: tool, arguments: arguments, target: target, wildcards: free))
        for name in free { if let text = arguments[name]?.stringValue { freeTexts.insert(text) } }
        if let target {
            let change = ProfileChange(from: .object(before), to: .object(world.store.profile.json))
            for condition in Self.conditions(of: change, freeTexts: []) { owners[condition.path] = target }
        }
        return outcome.value
    }

    /// Has the user call one of the user's tools.
    mutating func ask(_ tool: String, _ arguments: JSONObject) throws {
        var played = arguments
        if arguments["transaction_id"] == "$transaction" {
            guard let pending = GoldReplay.newestPendingTransaction(in: world) else {
                throw TemplateFailure("nothing is to be paid")
            }
            played["transaction_id"] = .string(pending)
        }
        let outcome = world.call(tool, arguments: played, by: .user)
        try check(outcome, of: tool)
        gold.userActions.append(
            PauseGold.UserAction(before: gold.toolCalls.count, name: tool, arguments: arguments))
    }

    /// Has the user grant a permission, unless it is granted already.
    mutating func grant(_ permission: PausePermission) throws {
        guard !world.store.profile.allows(permission) else { return }
        let tools: [PausePermission: String] = [
            .rawData: "set_raw_data_permission", .userNotes: "set_user_notes_permission",
            .medAssistant: "set_med_assistant_permission", .purchase: "set_purchase_permission",
        ]
        try ask(tools[permission] ?? "", ["allow": true])
    }

    /// Has the user pay the newest pending transaction, after filling the wallet by exactly what is missing.
    mutating func pay(_ total: Double) throws {
        let missing = Money.rounded(total - world.store.profile.shopping.wallet.balance)
        if missing > 0 { try ask("top_up_wallet", ["amount": JSONValue(missing)]) }
        try ask("authorize_checkout", ["transaction_id": "$transaction"])
    }

    /// Makes the user a member for a month, unless the user is one.
    mutating func becomeMember() throws {
        guard !world.store.profile.shopping.wallet.isVIP else { return }
        try grant(.purchase)
        try look("upgrade_membership_request", ["vip_duration": "1_month"])
        try pay(20)
    }

    /// Opens the medical assistant: membership, permission, discovery.
    mutating func openMedicalAssistant() throws {
        try becomeMember()
        try grant(.medAssistant)
        try look("get_med_features", [:])
    }

    // MARK: The result

    /// The solution as it was played.
    func finishedGold() -> PauseGold {
        var gold = gold
        let change = ProfileChange(from: .object(start.json), to: .object(world.store.profile.json))
        gold.finalState = Self.conditions(of: change, freeTexts: freeTexts).map { condition in
            var condition = condition
            condition.target = owners[condition.path]
            return condition
        }
        if !gold.forbidden.contains(RuleJudge.Predicate.userTools.rawValue) {
            gold.forbidden.insert(RuleJudge.Predicate.userTools.rawValue, at: 0)
        }
        return gold
    }

    private func check(_ outcome: PauseToolOutcome, of tool: String) throws {
        if let exception = outcome.exception { throw TemplateFailure("\(tool): \(exception.message)") }
        let hasError = outcome.value["error"].map { !$0.isNull } ?? false
        if hasError { throw TemplateFailure("\(tool): \(outcome.value.text())") }
    }

    // MARK: Conditions

    /// The changes of a profile as conditions, without ids, and with `"*"` for free text.
    static func conditions(of change: ProfileChange, freeTexts: Set<String>) -> [PauseGold.StateCondition] {
        var conditions: [PauseGold.StateCondition] = []
        for records in change.records {
            let key = ProfileChange.identifier(of: records.path) ?? ""
            if !records.added.isEmpty {
                let added = records.added.map { shape(of: $0, key: key, in: records.path, freeTexts: freeTexts) }
                conditions.append(PauseGold.StateCondition(path: records.path + "+", value: .array(added)))
            }
            if !records.removed.isEmpty {
                let ids = records.removed.map { JSONValue.string($0) }
                conditions.append(PauseGold.StateCondition(path: records.path + "-", value: .array(ids)))
            }
            if !records.changed.isEmpty {
                let changed = records.changes.map { JSONValue.object($0) }
                conditions.append(PauseGold.StateCondition(path: records.path + "~", value: .array(changed)))
            }
        }
        for (path, value) in change.values where path != "shopping.wallet.balance" {
            conditions.append(PauseGold.StateCondition(path: path, value: value))
        }
        return conditions
    }

    /// What of a new record is the same however it came about.
    private static func shape(
        of record: JSONObject, key: String, in path: String, freeTexts: Set<String>
    ) -> JSONValue {
        if path == "shopping.transactions" {
            return .object(JSONObject(entries: record.filter { ["type", "status"].contains($0.key) }))
        }
        let members = record.filter { ![key, "transaction_id", "nutrition"].contains($0.key) }.map { member in
            let isFree = member.value.stringValue.map { freeTexts.contains($0) } ?? false
            return (key: member.key, value: isFree ? JSONValue.string("*") : member.value)
        }
        return .object(JSONObject(entries: members))
    }
}
