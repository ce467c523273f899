import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct ServerCommandTests {
    private func words(_ adjust: (inout VLLMServerParameters) -> Void) -> String {
        var parameters = VLLMServerParameters()
        parameters.calls.model = "org/model"
        adjust(&parameters)
        return ServerCommand(parameters: parameters, port: 4711).words.joined(separator: " ")
    }

    @Test func vLLMIsStartedWithItsOwnFlags() {
        #expect(words { _ in } == "vllm serve org/model --host 127.0.0.1 --port 4711")
        #expect(
            words {
                $0.host = "0.0.0.0"
                $0.servedModelName = "m"
                $0.gpuMemoryUtilization = 0.6
                $0.maxModelLen = 8192
                $0.enableAutoToolChoice = true
                $0.toolCallParser = "hermes"
                $0.disableLogStats = true
                $0.extraArgs = ["--dtype", "half; rm -rf /"]
            }
                == "vllm serve org/model --host 0.0.0.0 --port 4711 --served-model-name m --gpu-memory-utilization 0.6 "
                + "--max-model-len 8192 --enable-auto-tool-choice --tool-call-parser hermes --disable-log-stats "
                + "--dtype half; rm -rf /")
    }

    @Test func otherProgramsSayWhereTheirValuesStand() {
        #expect(
            words { $0.command = ["llama-server", "-m", "{model}", "--port={port}"] }
                == "llama-server -m org/model --port=4711 --host 127.0.0.1")
    }

    @Test(
        arguments: [
            (["model": "m", "prot": 1], "unknown key 'prot'"), (["command": ["x"]], "missing key 'model'"),
            (["model": "m", "command": []], "names no program"),
            (["model": "m", "base_url": "x"], "unknown key 'base_url'"),
            (["model": "m", "gpu_memory_utilization": 1.5], "1.5 is too large"),
        ] as [(JSONValue, String)])
    func blocksAreChecked(config: JSONValue, complaint: String) {
        let (_, diagnostics) = Fixtures.factory("vllm_server", config)
        #expect(diagnostics.all.contains { $0.description.contains(complaint) }, "\(diagnostics.all)")
    }

    @Test func callsAreConfiguredAsForOtherServers() throws {
        let (factory, diagnostics) = Fixtures.factory(
            "vllm_server", ["model": "m", "temperature": 0, "generation_parameters": ["temperature": 0.5]])
        #expect(factory == nil && diagnostics.hasErrors)
        let (good, none) = Fixtures.factory(
            "vllm_server", ["model": "m", "timeout": 5, "generation_parameters": ["temperature": 0.5]])
        #expect(good != nil && !none.hasErrors)
    }
}
