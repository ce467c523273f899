import AppWorld
import Evaluation
import Testing
import Transport

@Suite("Files of recorded exchanges")
struct FileTests {
    @Test(arguments: [("none", "No such file or directory"), ("/tmp", "cannot be read")])
    func whatCannotBeReadIsSaidInWords(file: String, words: String) async throws {
        let fidelity = AppWorldFidelity(AppWorldFidelity.Settings(), http: HTTPClient())
        let error = await #expect(throws: EvaluationError.self) { try await fidelity.run(files: [file]) }
        let text = error?.description ?? ""
        #expect(text.contains(words) && text.contains("'\(file)'"), "\(text)")
        #expect(!text.contains("NSError") && !text.contains("Code="), "\(text)")
        #expect(error?.advice != nil)
    }
}
