import Foundation
import JSON
import Jinja

/// The Jinja2 of the Python beside us, which every corpus is rendered with in one process.
enum PythonJinja {
    /// A template with its options, and one context for all.
    struct Case: Sendable {
        var template: String
        var options = TemplateOptions()
    }

    enum Outcome: Sendable, Equatable {
        case text(String)
        case failure(String)
    }

    static let isAvailable: Bool = {
        // A machine without Python cannot run it; that is an answer here, not an error.
        (try? run("import jinja2; print(jinja2.__version__)", input: ""))?.hasPrefix("3.") ?? false
    }()

    private static let program = """
        import json, sys
        import jinja2
        job = json.load(sys.stdin)
        results = []
        for case in job["cases"]:
            environment = jinja2.Environment(
                undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
                trim_blocks=case["trim"], lstrip_blocks=case["lstrip"], keep_trailing_newline=case["keep"])
            try:
                text = environment.from_string(case["template"]).render(json.loads(job["context"]))
                text.encode("utf-8")
                results.append({"text": text})
            except BaseException as error:
                results.append({"error": type(error).__name__ + ": " + str(error)})
        json.dump(results, sys.stdout)
        """

    static func render(_ cases: [Case], context: String) throws -> [Outcome] {
        let job: JSONValue = [
            "context": .string(context),
            "cases": .array(
                cases.map {
                    [
                        "template": .string($0.template), "trim": .bool($0.options.trimBlocks),
                        "lstrip": .bool($0.options.lstripBlocks), "keep": .bool($0.options.keepTrailingNewline),
                    ]
                }),
        ]
        let results = try JSONValue.parse(try run(program, input: job.text()))
        return (results.arrayValue ?? []).map { result in
            if let text = result["text"]?.stringValue { return .text(text) }
            return .failure(result["error"]?.stringValue ?? "no result")
        }
    }

    private static func run(_ program: String, input: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jinja-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // A leftover folder harms nobody.
        let inputFile = folder.appendingPathComponent("input")
        try Data(input.utf8).write(to: inputFile)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.standardError
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
        return String(decoding: data, as: UTF8.self)
    }
}
