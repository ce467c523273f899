import JSON
import Testing

@testable import Tau

/// What holds for every world, whatever its domain.
@Suite("Worlds")
struct WorldConformanceTests {
    enum Domain: String, CaseIterable, CustomTestStringConvertible {
        case mock
        case retail
        case airline

        var testDescription: String { rawValue }

        func data() throws -> any TauDomainData {
            switch self {
            case .mock: try SmallDomains.mock()
            case .retail: try SmallDomains.retail()
            case .airline: try SmallDomains.airline()
            }
        }

        func world() throws -> any TauWorld { try data().makeWorld(isSolo: false) }

        /// A call that changes the data.
        var change: RecordedCall {
            switch self {
            case .mock:
                RecordedCall(name: "update_task_status", arguments: ["task_id": "task_1", "status": "completed"])
            case .retail:
                RecordedCall(
                    name: "cancel_pending_order", arguments: ["order_id": "#W1", "reason": "no longer needed"])
            case .airline: RecordedCall(name: "cancel_reservation", arguments: ["reservation_id": "R1"])
            }
        }
    }

    @Test("Unknown tools and helpers are not found", arguments: Domain.allCases)
    func unknownTools(domain: Domain) throws {
        var world = try domain.world()
        let fresh = world
        for name in ["", "nope", "_get_user", "get_db_hash", "assert_task_status", "TRANSFER_TO_HUMAN_AGENTS"] {
            let outcome = world.call(name, arguments: [:], requestor: .assistant)
            #expect(outcome == ToolOutcome(content: "Error: Tool '\(name)' not found.", isError: true))
        }
        #expect(world.hasSameState(as: fresh))
    }

    @Test("Arguments are bound as Python does", arguments: Domain.allCases)
    func binding(domain: Domain) throws {
        var world = try domain.world()
        let className =
            ["mock": "MockTools", "retail": "RetailTools", "airline": "AirlineTools"][domain.rawValue] ?? ""
        for tool in world.tools(for: .assistant) {
            let required = tool.parameters.filter { $0.defaultValue == nil }.map { "'\($0.name)'" }
            if let names = listing(required) {
                let plural = required.count == 1 ? "" : "s"
                #expect(
                    world.call(tool.name, arguments: [:], requestor: .assistant).content
                        == "Error: \(className).\(tool.name)() missing \(required.count) required positional "
                        + "argument\(plural): \(names)")
            }
            #expect(
                world.call(tool.name, arguments: ["zz": 1, "yy": 2], requestor: .assistant).content
                    == "Error: \(className).\(tool.name)() got an unexpected keyword argument 'zz'")
        }
    }

    private func listing(_ names: [String]) -> String? {
        switch names.count {
        case 0: nil
        case 1: names[0]
        case 2: "\(names[0]) and \(names[1])"
        default: names.dropLast().joined(separator: ", ") + ", and " + names[names.count - 1]
        }
    }

    @Test("Arguments named as the dispatcher's own fail before anything else", arguments: Domain.allCases)
    func reservedNames(domain: Domain) throws {
        var world = try domain.world()
        let prefix = "Error: Environment.make_tool_call() got multiple values for argument"
        for requestor in Requestor.allCases {
            #expect(
                world.call("nope", arguments: ["tool_name": 1, "self": 2], requestor: requestor).content
                    == "\(prefix) 'tool_name'")
            #expect(
                world.call("nope", arguments: ["self": 2, "tool_name": 1], requestor: requestor).content
                    == "\(prefix) 'self'")
            #expect(
                world.call("nope", arguments: ["self": 2, "requestor": 1], requestor: requestor).content
                    == "Error: tau2.environment.environment.Environment.make_tool_call() got multiple values for "
                    + "keyword argument 'requestor'")
        }
    }

    @Test("Worlds of one origin do not touch one another", arguments: Domain.allCases)
    func independence(domain: Domain) throws {
        let data = try domain.data()
        var changed = try data.makeWorld(isSolo: false)
        let fresh = try data.makeWorld(isSolo: false)
        let digest = fresh.agentDigest
        let outcome = changed.call(domain.change.name, arguments: domain.change.arguments, requestor: .assistant)
        #expect(!outcome.isError, "\(outcome.content)")
        #expect(fresh.agentDigest == digest)
        #expect(try data.makeWorld(isSolo: false).agentDigest == digest)
        #expect(changed.agentDigest != digest)
        #expect(!changed.hasSameState(as: fresh))
        #expect(changed.agentDigest == changed.state.agent.dump.digest(.pythonSorted))
    }

    @Test("Equality agrees with the digests, also between separate loadings", arguments: Domain.allCases)
    func equality(domain: Domain) throws {
        var (one, another) = (try domain.world(), try domain.world())
        #expect(one.hasSameState(as: another))
        _ = one.call(domain.change.name, arguments: domain.change.arguments, requestor: .assistant)
        #expect(!one.hasSameState(as: another))
        _ = another.call(domain.change.name, arguments: domain.change.arguments, requestor: .assistant)
        #expect(one.hasSameState(as: another))
        #expect(one.agentDigest == another.agentDigest)
        #expect(one.userDigest == another.userDigest)
    }

    @Test("Only writing tools are run again in a replay", arguments: Domain.allCases)
    func kinds(domain: Domain) throws {
        let world = try domain.world()
        let change = domain.change
        #expect(world.tool(named: change.name)?.kind == .write)
        for tool in world.tools(for: .assistant) {
            #expect(tool.kind?.mutatesState == (tool.kind == .write))
            #expect(world.tool(named: tool.name) == tool)
        }
        #expect(world.tool(named: "nope") == nil)
    }

    @Test("A user without tools cannot call any", arguments: [Domain.retail, .airline])
    func userWithoutTools(domain: Domain) throws {
        var world = try domain.world()
        #expect(
            world.call("calculate", arguments: [:], requestor: .user)
                == ToolOutcome(content: "Error: User tools not available", isError: true))
        #expect(world.userDigest == nil)
        #expect(world.tools(for: .user).isEmpty)
        let error = #expect(throws: PythonException.self) { try domain.data().makeWorld(isSolo: true) }
        #expect(error?.message == "\(domain.rawValue.capitalizedASCII) domain does not support solo mode")
    }

    @Test(
        "Tools, their order, kinds and required parameters are the official ones",
        .enabled(if: TauReference.hasTau2), arguments: OfficialDomain.allCases)
    func officialSignatures(domain: OfficialDomain) throws {
        let world = try domain.world()
        let kinds = try TauReference.json("tau2/\(domain.rawValue)/export/tool_meta.json")
        for requestor in Requestor.allCases where kinds[requestor.rawValue] != nil {
            let file = requestor == .assistant ? "agent_tools" : "user_tools"
            let schemas = try TauReference.json("tau2/\(domain.rawValue)/export/\(file).openai.json").arrayValue ?? []
            let tools = world.tools(for: requestor)
            #expect(tools.map(\.name) == schemas.map { $0["function"]?["name"]?.stringValue ?? "" })
            for (tool, schema) in zip(tools, schemas) {
                let parameters = schema["function"]?["parameters"]
                #expect(tool.parameters.map(\.name) == parameters?["properties"]?.objectValue?.keys)
                #expect(
                    tool.parameters.filter { $0.defaultValue == nil }.map { JSONValue.string($0.name) }
                        == parameters?["required"]?.arrayValue ?? [])
                #expect(tool.kind?.rawValue == kinds[requestor.rawValue]?[tool.name]?["type"]?.stringValue)
            }
        }
    }
}

extension String {
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
