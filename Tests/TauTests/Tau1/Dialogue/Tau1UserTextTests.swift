import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("τ-bench users' texts")
struct Tau1UserTextTests {
    @Test(
        "A user's message is read as officially, or with the thought kept back",
        arguments: [
            ("Thought:\nhm\n\nUser Response:\nHi", "hm\n\nUser Response:\nHi", "Hi"),
            ("User Response:\nHi ", "Hi", "Hi"), ("Thought: only", "only", "only"),
            ("Thought:\nbye\n\nUser Response:\nOK ###STOP###", "###STOP###", "###STOP###"),
        ])
    func messages(written: String, official: String, mended: String) throws {
        #expect(try Tau1UserText.message(in: written, .official) == official)
        #expect(try Tau1UserText.message(in: written, .mended) == mended)
    }

    @Test(
        "A message without the marks is the simulator's fault, worth another attempt",
        arguments: ["Hi", "", "Thought: a Thought: b"])
    func unusable(written: String) {
        let error = #expect(throws: EvaluationError.self) { try Tau1UserText.message(in: written, .official) }
        #expect(error?.cause == .provider)
        #expect(error?.retry == .worthwhile)
    }

    @Test("A proposal follows the one 'Response:' of a reflection")
    func proposals() throws {
        #expect(try Tau1UserText.proposal(in: "Reflection:\nx\n\nResponse:\n y ") == "y")
        #expect(throws: EvaluationError.self) { try Tau1UserText.proposal(in: "y") }
        #expect(throws: EvaluationError.self) { try Tau1UserText.proposal(in: "Response: a Response: b") }
    }

    @Test("A supervisor reads the two sides' lines under each other's names, and an object as Python prints it")
    func transcript() {
        let messages: [Message] = [.system("S"), .user("a"), .assistant("b"), .assistant(nil)]
        #expect(Tau1UserText.transcript(messages) == "System: S\nCustomer: a\nAgent: b\nAgent: None")
        #expect(
            Tau1UserText.clientObject(saying: "It's")
                == "Message(content=\"It's\", role='assistant', tool_calls=None, function_call=None, "
                + "provider_specific_fields={'refusal': None})")
    }

    @Test("Texts are put into prompts without being read as places to fill")
    func filling() {
        let prompts = Tau1Prompts([.verify: "{transcript}|{response}|{transcript}"], source: .own)
        let question = prompts.question(.verify, transcript: "{response}", response: "{transcript}")
        #expect(question == "{response}|{transcript}|{response}")
    }

    @Test("gage's own prompts have the parts that parsers and perfect participants look for")
    func ownPrompts() {
        let plain = Tau1Prompts.own.user(.llm, instruction: "I want tea.")
        #expect(plain.contains("\n\nInstruction: I want tea.\n"))
        #expect(plain.contains("###STOP###"))
        #expect(Tau1Prompts.own.user(.react, instruction: "").contains("User Response:"))
        let question = Tau1Prompts.own.question(.verify, transcript: "T", response: "R")
        #expect(question.contains("T") && question.contains("R") && !question.contains("{"))
        #expect(Tau1Prompts.own.question(.reflect, transcript: "T", response: "R").contains("Response:"))
    }
}
