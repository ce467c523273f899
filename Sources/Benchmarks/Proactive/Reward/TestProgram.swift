import JSON

/// The Python program that tries a solution with its tests and says so at its end.
struct TestProgram: Sendable {
    /// The program.
    let text: String
    /// What the program prints when it came to its end: unknown to the solution, so that ending early is no success.
    let nonce: String

    /// A program that stops at the first assertion that does not hold.
    init(code: String, tests: String, nonce: String) {
        self.nonce = nonce
        text = "\(code)\n\n\(tests)\n\nprint(\"\\n\(nonce)\", flush=True)\n"
    }

    /// A program that tries assertions one by one and prints how many held.
    ///
    /// Other statements of the tests run in their place; one of them that fails ends the program.
    init(partially code: String, tests: String, nonce: String) {
        self.nonce = nonce
        text = """
            \(code)

            def _gage_try(_gage_text, _gage_names):
                import ast
                _gage_held = _gage_all = 0
                for _gage_node in ast.parse(_gage_text).body:
                    _gage_program = compile(ast.Module([_gage_node], []), 'tests', 'exec')
                    if not isinstance(_gage_node, ast.Assert):
                        exec(_gage_program, _gage_names)
                        continue
                    _gage_all += 1
                    try:
                        exec(_gage_program, _gage_names)
                        _gage_held += 1
                    except Exception:
                        pass
                return _gage_held, _gage_all

            print("\\n\(nonce)", *_gage_try(\(JSONValue.string(tests).text()), globals()), flush=True)

            """
    }

    /// The words behind the nonce on its own line of the output; nil where the program did not come to its end.
    func ending(of output: String) -> [Int]? {
        let line = output.split(separator: "\n").last { $0 == nonce || $0.hasPrefix(nonce + " ") }
        return line.map { $0.dropFirst(nonce.count).split(separator: " ").compactMap { Int($0) } }
    }
}
