import Evaluation
import FoundationEssentials
import JSON
import Testing

@testable import Tau

@Suite struct UserVariantTests {
    private static var checkout: String {
        // Tests/TauTests/Variants/UserVariantTests.swift of the checkout.
        URL(filePath: #filePath).resolvingSymlinksInPath().pathComponents.dropLast(4).joined(separator: "/")
    }

    @Test func theShippedFileIsTheCompiledInText() throws {
        let data = try #require(
            FileManager.default.contents(atPath: Self.checkout + "/config/experiments/user_variants.yaml"))
        #expect(String(decoding: data, as: UTF8.self) == UserVariantCatalog.standardText)
    }

    @Test func theStudyFindsItsVariants() throws {
        let names = UserVariantCatalog.standard.names
        for name in [
            "control", "placebo", "frustration", "anxiety", "anger", "confusion", "anger_mild", "anger_strong",
        ] {
            #expect(names.contains(name))
        }
        #expect(try UserVariantCatalog.standard.variant(named: "control").suffix == "")
        #expect(try UserVariantCatalog.standard.variant(named: "control").isControl)
        for name in names where name != "control" {
            let variant = try UserVariantCatalog.standard.variant(named: name)
            #expect(variant.applied(to: "Prompt.").hasPrefix("Prompt.\n\n"))
            #expect(variant.phrases.allSatisfy { variant.instructions.lowercased().contains($0) }, "\(name)")
        }
        #expect(Set(UserVariantCatalog.standard.variants.map(\.digest)).count == names.count)
    }

    @Test func aPlaceboIsAboutAsLongAsTheEmotions() throws {
        let placebo = try UserVariantCatalog.standard.variant(named: "placebo").suffix.utf8.count
        for name in ["frustration", "anxiety", "anger", "confusion"] {
            let length = try UserVariantCatalog.standard.variant(named: name).suffix.utf8.count
            #expect(abs(length - placebo) < placebo / 5, "\(name): \(length) against \(placebo)")
        }
    }

    @Test(arguments: [
        ("frustrated_llm", "frustration"), ("anxious_llm", "anxiety"), ("angry_llm", "anger"),
        ("confused_llm", "confusion"), ("anger_mild", "anger_mild"),
    ])
    func strategiesOfTheOlderProgramAreUnderstood(alias: String, name: String) throws {
        #expect(try UserVariantCatalog.standard.variant(named: alias).name == name)
    }

    @Test func anOlderStrategyIsAVariantOfTheOfficialOne() throws {
        let place = SourceLocation(file: "a.yaml", line: 1, column: 1)
        func decoded(_ json: JSONValue) -> (settings: Tau1Settings?, diagnostics: Diagnostics) {
            var diagnostics = Diagnostics()
            let settings = Tau1Settings.decode(ConfigNode(json: json, location: place, path: "p"), into: &diagnostics)
            return (settings, diagnostics)
        }
        let settings = try #require(decoded(["user_strategy": "angry_llm"]).settings)
        #expect(settings.userStrategy.official == .llm)
        let alias = try #require(settings.userStrategy.variantAlias)
        #expect(try UserVariantCatalog.standard.variant(named: alias).name == "anger")
        #expect(Tau1UserStrategy.react.variantAlias == nil)
        #expect(Tau1UserStrategy.react.official == .react)
        #expect(decoded(["user_strategy": "angry_llm", "user_variant": "anger"]).diagnostics.hasErrors)
    }

    @Test func anUnknownNameIsToldWhatThereIs() {
        let error = #expect(throws: EvaluationError.self) {
            try UserVariantCatalog.standard.variant(named: "angre")
        }
        #expect(error?.advice == "did you mean 'anger'?")
        let other = #expect(throws: EvaluationError.self) {
            try UserVariantCatalog.standard.variant(named: "joyful_dancing")
        }
        #expect(other?.advice?.contains("control, placebo, frustration") == true)
    }

    @Test(arguments: [
        ("version: 1\nvariants:\n  - name: a\n    wording: x\n", "unknown key 'wording'", 4),
        ("version: 1\nvariants:\n  - name: a\n  - name: a\n", "given twice", 4),
        ("version: 1\nvariants:\n  - name: A b\n", "lower-case letters", 3),
        ("version: one\nvariants: [{name: a}]\n", "'version' is a whole number", 1),
        ("version: 1\nvariants: []\n", "at least one variant", 2),
        ("version: 1\nvariants:\n  - name: a\n    role: 7\n", "'role' is text", 4),
        ("version: 1\nvariants: [", "", 1),
    ])
    func aFaultyFileIsRefusedWithItsPlace(text: String, message: String, line: Int) {
        let error = #expect(throws: EvaluationError.self) { try UserVariantCatalog(text: text, file: "mine.yaml") }
        #expect(error?.cause == .configuration)
        #expect(error?.message.contains(message) == true || message.isEmpty)
        #expect(error?.location?.file == "mine.yaml")
        #expect(message.isEmpty || error?.location?.line == line)
    }

    @Test func aResearcherAddsAVariantInAFile() throws {
        let text = """
            version: 3
            levels: [{name: faint, instructions: Barely.}]
            variants:
              - name: sadness
                emotion: sadness
                role: You are sad.
                instructions: Sigh.
            """
        let catalog = try UserVariantCatalog(text: text, file: "mine.yaml")
        #expect(catalog.names == ["sadness", "sadness_faint"])
        let variant = try catalog.variant(named: "sadness")
        #expect(variant.suffix == "\n\nEMOTIONAL CONTEXT:\nYou are sad.\nSigh.")
        #expect(variant.version == 3)
        let metadata = variant.metadata(systemPrompt: variant.applied(to: "P"))
        #expect(metadata["system_prompt_sha256"]?.stringValue == sha256Hex(Array(("P" + variant.suffix).utf8)))
        #expect(metadata["digest"]?.stringValue == variant.digest)
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: EvaluationError.self) {
            try UserVariantCatalog.load(path: "nowhere.yaml", baseDirectory: "/tmp")
        }
        #expect(error?.message.contains("nowhere.yaml") == true)
    }
}
