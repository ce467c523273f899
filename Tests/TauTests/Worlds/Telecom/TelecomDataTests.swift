import JSON
import Testing

@testable import Tau

@Suite("Official telecom data", .enabled(if: TauReference.hasTau2))
struct TelecomDataTests {
    @Test("The loaded data are dumped as officially, field by field in order")
    func dumps() throws {
        let world = try TelecomReference.data.get().makeWorld()
        let agent = try TauReference.json("tau2/telecom/export/db_model_dump.json")
        #expect(world.state.agent.dump.isIdentical(to: agent))
        let user = try TauReference.json("tau2/telecom/export/user_db_model_dump.json")
        #expect(try #require(world.state.user).dump.isIdentical(to: user))
    }

    @Test("The initial digests are the official ones")
    func digests() throws {
        let world = try TelecomReference.data.get().makeWorld()
        let official = try TauReference.json("tau2/telecom/export/initial_hashes.json")
        #expect(world.agentDigest == official["agent_db"]?.stringValue)
        #expect(world.userDigest == official["user_db"]?.stringValue)
    }

    @Test("Tools, their order and their kinds are the official ones")
    func tools() throws {
        let world = try TelecomReference.data.get().makeWorld()
        let kinds = try TauReference.json("tau2/telecom/export/tool_meta.json")
        for (requestor, file) in [(Requestor.assistant, "agent"), (.user, "user")] {
            let official = try #require(
                try TauReference.json("tau2/telecom/export/\(file)_tools.openai.json").arrayValue
            ).map { $0["function"] ?? .null }
            let tools = world.tools(for: requestor)
            #expect(tools.map { .string($0.name) } == official.map { $0["name"] ?? .null })
            for (tool, official) in zip(tools, official) {
                let kind = kinds[requestor.rawValue]?[tool.name]
                #expect(tool.kind?.rawValue == kind?["type"]?.stringValue, "\(tool.name)")
                #expect(tool.kind?.mutatesState == kind?["mutates_state"]?.boolValue, "\(tool.name)")
                let parameters = official["parameters"]
                #expect(tool.parameters.map(\.name) == parameters?["properties"]?.objectValue?.keys, "\(tool.name)")
                let required = tool.parameters.filter { $0.defaultValue == nil }.map { JSONValue.string($0.name) }
                #expect(required == parameters?["required"]?.arrayValue ?? [], "\(tool.name)")
            }
        }
    }
}
