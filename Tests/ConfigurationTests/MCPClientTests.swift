import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct MCPClientTests {
    private func load(_ clients: String, used: String = "apps", environment: [String: String] = [:]) throws
        -> LoadResult
    {
        let text = try Minimal.replacing("metrics:\n", "mcp_clients:\n\(clients)\nmetrics:\n")
            .replacing("    role_type: dut_model\n", with: "    role_type: dut_model\n    mcp_client_id: \(used)\n")
        return try Minimal.load(text, environment: environment)
    }

    @Test func theGuidesClientIsPlannedAsItIs() throws {
        let plan = try #require(Fixtures.load("appworld_tools").plan)
        let client = try #require(plan.mcpClients.first)
        #expect(client.id == "apps")
        #expect(client.transportKey == "streamable_http")
        #expect(client.transport.place == .address("http://127.0.0.1:5001"))
        #expect(client.settings["timeout_s"] == 180)
        #expect(client.settings["params"]?["session_retry_timeout_s"] == 180)
        #expect(PlanRendering(plan).text.contains("MCP clients\n  apps  streamable_http  http://127.0.0.1:5001\n"))
        #expect(PlanRendering(plan).json["mcp_clients"]?[0]?["endpoint"] == "http://127.0.0.1:5001")
    }

    @Test func secretsOfClientsAreHidden() throws {
        let result = try load(
            """
              - mcp_client_id: apps
                endpoint: http://user:hidden@host/mcp
                headers: {Authorization: 'Bearer ${TOKEN}', X-Key: hidden}
              - mcp_client_id: local
                transport: stdio
                command: [python3, server.py]
                env: {SOME_NAME: hidden, OTHER: '${TOKEN}'}
            """, environment: ["TOKEN": "hidden"])
        let plan = try #require(result.plan, "\(result.errors)")
        #expect(plan.mcpClients[0].transport.place == .address("http://user:hidden@host/mcp"))
        #expect(plan.mcpClients[0].settings["headers"]?["Authorization"] == "Bearer ${TOKEN}")
        for shown in [PlanRendering(plan).json.text(), PlanRendering(plan).text, plan.resolvedConfiguration.text()] {
            #expect(!shown.contains("hidden"), "\(shown)")
        }
        #expect(PlanRendering(plan).text.contains("local  stdio            python3 server.py"))
    }

    @Test(arguments: [
        ("  - {mcp_client_id: apps, transport: stdo, command: [x]}", "there is no MCP transport 'stdo'", "'stdio'"),
        ("  - {mcp_client_id: apps, endpoit: http://h}", "unknown key 'endpoit'", "'endpoint'"),
        ("  - {mcp_client_id: apps, transport: stdio}", "missing key 'command'", "command"),
        ("  - {mcp_client_id: apps, timeout_s: 0}", "0 is too small", "0.001"),
        ("  - {mcp_client_id: apps, params: {session_retry_delay: 2}}", "unknown key", "'session_retry_delay_s'"),
        ("  - {mcp_client_id: aps}", "there is no MCP client 'apps'", "'aps'"),
    ])
    func mistakesHaveTheirPlaceAndWhatWasMeant(clients: String, message: String, hint: String) throws {
        let errors = try load(clients).errors
        #expect(errors.contains { $0.contains(message) && $0.contains(hint) && $0.hasPrefix("c.yaml:") }, "\(errors)")
    }

    @Test func aTransportIsDescribedWithItsParameters() throws {
        let catalog = ComponentCatalog(StandInKit.registry)
        #expect(catalog.list().contains("mcp_transport  (mcp_clients[].transport)"))
        #expect(try #require(catalog.describe("stdio")).contains("mcp_clients[]"))
        let schema = ConfigurationSchema.document(StandInKit.registry)
        let clients = schema["$defs"]?["pipeline"]?["properties"]?["mcp_clients"]
        #expect(clients?.text().contains("streamable_http") == true)
    }
}
