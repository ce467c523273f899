import Evaluation
import JSON
import Testing

@testable import Proactive

@Suite("Finding Python")
struct PythonInterpreterTests {
    @Test func takesTheNamedThenTheVariableThenTheEnvironmentThenThePath() throws {
        let named = try FakePython(behaviour: "")
        let beside = try ProactiveFiles.temporaryDirectory()
        try ProactiveFiles.write("#!/bin/sh\n", to: "\(beside)/venv/bin/python")
        try ProactiveFiles.makeExecutable("\(beside)/venv/bin/python")
        try ProactiveFiles.write("#!/bin/sh\n", to: "\(beside)/bin/python3")
        try ProactiveFiles.makeExecutable("\(beside)/bin/python3")
        let path = ["PATH": "\(beside)/bin"]
        let variable = path.merging(["PROACT_PYTHON": named.path]) { $1 }
        func found(_ name: String?, _ variables: [String: String], _ directories: [String]) throws -> String {
            try PythonInterpreter.find(named: name, variables: variables, directories: directories).path
        }
        #expect(try found(named.path, path, [beside]) == named.path)
        #expect(try found(nil, variable, [beside]) == named.path)
        #expect(try found(nil, path, [beside]) == "\(beside)/venv/bin/python")
        #expect(try found(nil, path, []) == "\(beside)/bin/python3")
        #expect(try found("python3", path, []) == "\(beside)/bin/python3")
    }

    @Test(arguments: ["/no/such/python", "no-such-python", "/etc/passwd", "/tmp"])
    func refusesANamedOneThatIsNoProgram(name: String) {
        #expect(throws: EvaluationError.self) {
            try PythonInterpreter.find(named: name, variables: ["PATH": "/usr/bin"], directories: [])
        }
    }

    @Test func saysWhatToDoWhereThereIsNone() {
        #expect {
            try PythonInterpreter.find(named: nil, variables: ["PATH": "/nowhere"], directories: [])
        } throws: { error in
            (error as? EvaluationError)?.advice?.contains("--model native") == true
        }
    }

    @Test func tellsWhatIsMissing() async throws {
        let python = try FakePython(lacking: "trl", behaviour: "")
        let packages = try await PythonPackages.examine(python.interpreter, variables: [:], importing: true)
        #expect(packages.missing == ["trl"])
        #expect(!packages.isComplete)
        #expect(packages.json["packages"]?["torch"] == "1")
        #expect(packages.json["packages"]?["trl"]?.isNull == true)
    }
}
