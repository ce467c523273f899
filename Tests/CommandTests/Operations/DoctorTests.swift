import Glibc
import JSON
import Processes
import Testing

@testable import gage

/// What `gage doctor` finds.
@Suite struct DoctorTests {
    @Test(
        arguments: [
            (100, "fail"), (1024, "warn"), (65_536, "ok"), (UInt64.max, "ok"),
        ] as [(UInt64, String)])
    func fewOpenFilesAreFound(limit: UInt64, level: String) {
        var figures = MachineCheck.Figures()
        figures.openFiles = limit
        let finding = MachineCheck.findings(figures).first { $0.subject == "open files" }
        #expect(finding?.level.rawValue == level)
        #expect((finding?.advice == nil) == (level == "ok"))
    }

    @Test func littleMemoryAndFewProcessesAreWarnings() {
        var figures = MachineCheck.Figures()
        (figures.availableMemory, figures.processes) = (100 << 20, 100)
        let findings = MachineCheck.findings(figures)
        #expect(findings.filter { $0.level == .warn }.map(\.subject) == ["processes", "memory"])
    }

    @Test func aClockBehindTheExecutableFails() {
        var figures = MachineCheck.Figures()
        (figures.now, figures.executableDate) = (1_000_000, 1_700_000_000)
        #expect(MachineCheck.findings(figures).first { $0.subject == "clock" }?.level == .fail)
    }

    @Test(arguments: [(1 << 20, "fail"), (1 << 30, "warn"), (100 << 30, "ok")] as [(UInt64, String)])
    func fullDisksAreFound(free: UInt64, level: String) {
        #expect(PlaceCheck.disk("disk", place: "/x", free: free).level.rawValue == level)
    }

    @Test func aPortThatIsTakenIsAWarning() {
        let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #expect(bind(taken, $0, size) == 0)
                #expect(listen(taken, 1) == 0)
                #expect(getsockname(taken, $0, &size) == 0)
            }
        }
        #expect(PlaceCheck.ports([UInt16(bigEndian: address.sin_port)]).map(\.level) == [.warn])
    }

    @Test func theBinarySaysWhatAConfigurationLacks() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.configuration, to: "run.yaml")
        let secret = "sk-never-to-be-seen"
        let result = try await GageBinary.run(
            "doctor", "--config", "run.yaml", "--json", in: directory.path,
            environment: ["OTHER_API_KEY": secret, "OPENAI_API_KEY": "", "DOCKER_HOST": "unix:///nonexistent.sock"])
        #expect(result.code == 2)
        #expect(!(result.output + result.complaint).contains(secret))
        let findings = try JSONValue.parse(result.output)["findings"]?.arrayValue ?? []
        func level(_ subject: String) -> String? {
            findings.last { $0["subject"]?.stringValue == subject }?["level"]?.stringValue
        }
        #expect(findings.contains { $0["message"] == "run.yaml is valid" })
        #expect(level("backend") == "fail")
        #expect(level("data set") == "fail")
        #expect(level("engine") == "fail")
        #expect(level("SQLite") != "fail")
        let keys = findings.first { $0["subject"] == "keys" }?["message"]?.stringValue
        #expect(keys?.contains("OTHER_API_KEY") == true)
        #expect(findings.allSatisfy { $0["level"] != "fail" || $0["advice"] != nil }, "\(result.output)")
    }

    @Test func aMachineWithoutAnEngineIsWell() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "doctor", in: directory.path, environment: ["DOCKER_HOST": "unix:///nonexistent.sock"])
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output.contains("only sandboxes in containers need one"))
    }

    private static let configuration = """
        api_version: gage/v1
        kind: PipelineConfig
        metadata: {name: ill}
        datasets:
          - dataset_id: data
            loader: jsonl
            params: {path: missing.jsonl, preprocess: default}
        backends:
          - backend_id: model
            type: openai_http
            config: {base_url: "https://api.openai.com/v1", model: gpt-4.1}
        sandbox_profiles:
          - {sandbox_id: box, runtime: docker, image: "nowhere/nothing:none"}
        role_adapters:
          - {adapter_id: model, role_type: dut_model, backend_id: model}
        metrics:
          - {metric_id: exact_match, implementation: exact_match}
        tasks:
          - task_id: echo
            dataset_id: data
            steps:
              - {step: inference, adapter_id: model}
              - {step: auto_eval}
        """
}
