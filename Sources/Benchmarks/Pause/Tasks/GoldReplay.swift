import Evaluation
import JSON

/// Plays a task's known solution in a world, without any dialogue.
///
/// Proves that a solution can be played, and gives the trajectory that a faultless assistant leaves.
public struct GoldReplay: Sendable {
    /// Leaves something out or adds something, to see whether a judge notices.
    public struct Fault: Sendable {
        /// Calls that are left out.
        public var skipsCall: @Sendable (PauseGold.Call) -> Bool = { _ in false }
        /// User actions that are left out.
        public var skipsUserAction: @Sendable (PauseGold.UserAction) -> Bool = { _ in false }
        /// What becomes of a call.
        public var changesCall: @Sendable (PauseGold.Call) -> PauseGold.Call = { $0 }
        /// What becomes of a user action.
        public var changesUserAction: @Sendable (PauseGold.UserAction) -> PauseGold.UserAction = { $0 }
        /// Calls that the assistant makes at the end.
        public var addedCalls: [PauseGold.Call] = []
        /// Whether the assistant says nothing.
        public var isSilent = false

        /// No fault.
        public init() {}
    }

    private let task: PauseTask
    private let fault: Fault

    /// Prepares to play a task's solution.
    public init(_ task: PauseTask, fault: Fault = Fault()) {
        self.task = task
        self.fault = fault
    }

    /// Plays it, and returns what happened.
    public func play(in world: PauseWorld) -> PauseTrajectoryLog {
        var world = world
        let initial = JSONValue.object(world.store.profile.json)
        var events: [PauseTrajectoryLog.Event] = []
        let gold = task.gold ?? PauseGold()
        for index in 0...gold.toolCalls.count {
            for action in gold.userActions where action.before == index && !fault.skipsUserAction(action) {
                let action = fault.changesUserAction(action)
                var arguments = action.arguments
                if arguments["transaction_id"] == "$transaction" {
                    arguments["transaction_id"] = .string(Self.newestPendingTransaction(in: world) ?? "")
                }
                events.append(Self.call(action.name, arguments, by: .user, in: &world))
            }
            guard index < gold.toolCalls.count, !fault.skipsCall(gold.toolCalls[index]) else { continue }
            let call = fault.changesCall(gold.toolCalls[index])
            events.append(Self.call(call.name, call.arguments, by: .agent, in: &world))
        }
        for call in fault.addedCalls { events.append(Self.call(call.name, call.arguments, by: .agent, in: &world)) }
        if !fault.isSilent { events.append(.message(.agent, gold.spokenAnswers)) }
        return PauseTrajectoryLog(
            events: events, gateTrace: world.gateTrace, initialProfile: initial,
            finalProfile: .object(world.store.profile.json), terminationReason: world.terminationReason)
    }

    /// The newest transaction that the user has to pay: an order or a membership, else an appointment.
    static func newestPendingTransaction(in world: PauseWorld) -> String? {
        let profile = world.store.profile
        let orders = profile.shopping.transactions.filter { $0["status"] == "pending" }
        if let id = orders.last?["transaction_id"]?.stringValue { return id }
        return profile.records(.appointments).last { $0["status"] == "pending" }?["transaction_id"]?.stringValue
    }

    private static func call(
        _ name: String, _ arguments: JSONObject, by caller: Participant, in world: inout PauseWorld
    ) -> PauseTrajectoryLog.Event {
        let outcome = world.call(name, arguments: arguments, by: caller)
        return .call(
            PauseTrajectoryLog.Call(
                caller: caller, name: name, arguments: arguments, result: outcome.value,
                hasRaised: outcome.exception != nil))
    }
}
