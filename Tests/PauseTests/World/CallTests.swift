import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("P18, P22, P53: calls, callers and identifiers")
struct CallTests {
    @Test("P22: an assistant that calls a user's tool ends the run", arguments: PauseTools.userToolNames.sorted())
    func userOnly(_ tool: String) throws {
        var platform = try Platform()
        let outcome = platform.assistant(tool, ["amount": 5])
        #expect(outcome.exception?.kind == .permission)
        #expect(outcome.value["error"]?["tool"]?.stringValue == tool)
        #expect(platform.world.terminationReason == "assistant_tool_error:\(tool)")
        #expect(platform.world.gateTrace.last?.gate == .userOnly)
    }

    @Test("P22: in shopping a checkout by the assistant is answered, and the run goes on")
    func checkoutInShopping() throws {
        var platform = try Platform(PauseWorldOptions(isShopping: true))
        let outcome = platform.assistant("authorize_checkout", ["transaction_id": "txn_1"])
        #expect(outcome.exception == nil)
        #expect(outcome.value["error"]?["type"] == "UserToolRequired")
        #expect(outcome.errorCode == "UserToolRequired")
        #expect(platform.world.terminationReason == nil)
        #expect(platform.assistant("top_up_wallet", ["amount": 5]).exception != nil)
        #expect(platform.world.terminationReason == "assistant_tool_error:top_up_wallet")
    }

    @Test("P22: a user has the user's tools only")
    func userCallsOthers() throws {
        var platform = try Platform()
        #expect(platform.world.tools(for: .user).count == 8)
        #expect(platform.user("get_cart").exception?.kind == .permission)
        #expect(platform.world.terminationReason == "user_tool_error:get_cart")
    }

    @Test("P18: the same seed and order of calls give the same identifiers")
    func identifiers() throws {
        func run(_ seed: Int) throws -> [String] {
            var platform = try Platform(PauseWorldOptions(seed: seed))
            platform.grant(.userNotes)
            return (0..<3).compactMap { _ in
                platform.assistant("add_note", ["note": "x"]).value["note"]?["note_id"]?.stringValue
            }
        }
        let first = try run(46)
        #expect(first == (try run(46)))
        #expect(first != (try run(47)))
        #expect(Set(first).count == 3)
        // The first eight digits of the SHA-256 of "46:add_note:1:note".
        #expect(first[0] == "note_15504f12")
    }

    @Test(
        "P18: an identifier is its prefix and digits of a SHA-256",
        arguments: [
            (PauseID.Prefix.plot, "plot_time_series", 2, "7dd179b90aacd89b"),
            (.appointment, "med-create_appointment", 1, "appt_b664e823"), (.note, "add_note", 1, "note_15504f12"),
        ])
    func rule(_ prefix: PauseID.Prefix, _ tool: String, _ index: Int, _ expected: String) {
        #expect(PauseID.make(prefix, seed: 46, tool: tool, callIndex: index) == expected)
    }

    @Test("P18: a call that is refused counts too, and trajectories side by side do not touch each other")
    func counting() throws {
        var platform = try Platform(PauseWorldOptions(seed: 1))
        platform.assistant("add_note", ["note": "denied"])
        platform.grant(.userNotes)
        var beside = platform
        let note = platform.assistant("add_note", ["note": "a"]).value["note"]?["note_id"]
        #expect(note?.stringValue == PauseID.make(.note, seed: 1, tool: "add_note", callIndex: 2))
        #expect(beside.assistant("add_note", ["note": "b"]).value["note"]?["note_id"] == note)
        #expect(beside.world.store.profile.records(.notes).count == 1)
        #expect(platform.world.store.profile.records(.notes).first?["content"] == "a")
    }

    @Test(
        "P53: names with a source, with a dot, and of the medical assistant",
        arguments: [
            ("get_cart", "get_cart", nil, "get_cart"),
            ("fitbit-get_intraday_steps", "get_intraday_steps", "fitbit", "fitbit-get_intraday_steps"),
            ("fitbit.get_intraday_steps", "get_intraday_steps", "fitbit", "fitbit-get_intraday_steps"),
            ("med-get_resources", "med-get_resources", nil, "med-get_resources"),
            ("med.get_resources", "med-get_resources", nil, "med-get_resources"),
            ("-x", "x", "", "-x"),
        ] as [(String, String, String?, String)])
    func names(_ name: String, _ tool: String, _ source: String?, _ full: String) {
        let call = PauseCall(name: name, arguments: [:])
        #expect(call.tool == tool)
        #expect(call.source == source)
        #expect(call.fullName == full)
    }

    @Test("P53: arguments as text, as an object, null or missing")
    func arguments() throws {
        let object: JSONObject = ["page": 2]
        for raw in [JSONValue.string("{\"page\": 2}"), .object(object)] {
            #expect(try PauseCall(json: ["function": ["name": "browse_items", "arguments": raw]]).arguments == object)
            #expect(try PauseCall(json: ["name": "browse_items", "arguments": raw]).arguments == object)
        }
        for raw in [JSONValue.null, "null", "{}"] {
            #expect(try PauseCall(json: ["name": "get_cart", "arguments": raw]).arguments.isEmpty)
        }
        #expect(try PauseCall(json: ["name": "fitbit-get_activity_plan"]).source == "fitbit")
        #expect(throws: PauseException.self) { try PauseCall(json: ["arguments": [:]]) }
    }

    @Test(
        "P53: arguments that are no JSON object are the tool's error and end the run",
        arguments: ["{page: 1", "[1]", "7"])
    func badArguments(_ text: String) throws {
        var platform = try Platform()
        let outcome = platform.world.call(["name": "browse_items", "arguments": .string(text)], by: .agent)
        #expect(outcome.exception != nil)
        #expect(outcome.value["error"]?["tool"] == "browse_items")
        #expect(platform.world.terminationReason == "assistant_tool_error:browse_items")
    }

    @Test("Unknown tools, missing and superfluous arguments end the run and name what was probably meant")
    func mistakes() throws {
        let platform = try Platform()
        var copy = platform
        let unknown = copy.assistant("get_daily_sumary", ["date": "2025-01-01"])
        #expect(unknown.exception?.kind == .unknownTool)
        #expect(unknown.exception?.message.contains("get_daily_summary") == true)
        copy = platform
        #expect(copy.assistant("get_daily_summary").exception?.message.contains("missing: date") == true)
        copy = platform
        let extra = copy.assistant("get_daily_summary", ["dat": "2025-01-01"])
        #expect(extra.exception?.message.contains("did you mean 'date'") == true)
        copy = platform
        #expect(copy.assistant("get_intraday_steps", ["date": "2025-01-01"]).exception?.kind == .unknownTool)
        copy = platform
        #expect(copy.assistant("fitbit-get_cart").exception?.kind == .unknownTool)
        copy = platform
        #expect(copy.user("set_raw_data_permission", ["allow": "yes"]).exception?.kind == .type)
    }

    @Test("P12: a tool outside the branch ends the run where branches hold")
    func allowlist() throws {
        var platform = try Platform(PauseWorldOptions(branchAllowlist: ["get_cart"]))
        #expect(platform.assistant("get_cart").exception == nil)
        let outcome = platform.assistant("get_wallet")
        #expect(outcome.exception?.kind == .permission)
        #expect(platform.world.terminationReason == "assistant_tool_error:get_wallet")
        var free = try Platform()
        #expect(free.assistant("get_wallet").exception == nil)
    }

    @Test("The loop's interface gives the same results as text and as a value")
    func worldInterface() async throws {
        var platform = try Platform()
        let result = try await platform.world.execute(
            ToolCall(id: "1", name: "get_system_settings", arguments: [:]), by: .agent)
        #expect(!result.isError)
        #expect(try JSONValue.parse(result.content) == result.structured)
        let failed = try await platform.world.execute(ToolCall(id: "2", name: "nothing", arguments: [:]), by: .agent)
        #expect(failed.isError)
    }
}
