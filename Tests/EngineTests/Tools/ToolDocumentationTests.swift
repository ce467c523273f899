import Evaluation
import JSON
import Testing

@testable import Engine

@Suite struct ToolDocumentationTests {
    private static let tools: [ToolDefinition] = {
        var show = Office.tool(
            "notes__show",
            [
                "pinned": ["type": "boolean", "default": .null],
                "id": ["type": "integer", "minimum": 1, "maximum": 20],
                "kind": ["enum": ["a", "b"]], "mail": ["type": "string", "format": "email", "default": "x@y"],
                "answer": ["anyOf": [["type": "string"]]],
            ], required: ["id"])
        show.description = "Shows a note.\nWith all of it."
        show.extensions["outputSchema"] = ["type": "object"]
        var bare = Office.tool("notes__clear")
        bare.description = nil
        return [show, bare, Office.tool("supervisor__done"), Office.tool("clock")]
    }()

    private func write(
        _ format: ToolDocumentationFormat, endpoints: Int? = nil, characters: Int? = nil, apps: [String] = []
    ) -> ToolDocumentation {
        ToolDocumentation(
            ToolCatalog(Self.tools, allowedApps: apps),
            .init(format: format, maxEndpoints: endpoints, maxCharacters: characters))
    }

    @Test func signaturesStandOnALineEach() {
        #expect(
            write(.text).text == """
                [supervisor]
                supervisor.done() -> result

                [notes]
                notes.clear() -> result
                notes.show(id: int, pinned?: bool, kind?: enum, mail?: string, answer?: union) -> result
                  note: kind in [a, b]

                [tools]
                clock() -> result
                """)
    }

    @Test func descriptionsStandBesideEndpoints() {
        #expect(
            write(.appKeyValue, apps: ["notes"]).text == """
                notes:
                  clear: Call notes clear.
                  show: Shows a note. With all of it.
                    note: kind in [a, b]

                tools:
                  clock: Does clock.
                """)
    }

    @Test func schemasAreWrittenOut() {
        #expect(
            write(.schemaYAML, apps: ["notes"]).text.hasPrefix(
                """
                notes:
                  clear:
                    parameters: []
                  show:
                    description: Shows a note. With all of it.
                    parameters:
                      - name: pinned
                        type: boolean
                        required: false
                        default: null
                      - name: id
                        type: integer
                        required: true
                        constraints:
                          - minimum: 1
                          - maximum: 20
                      - name: kind
                        type: enum
                        required: false
                        constraints:
                          - enum: 2
                      - name: mail
                        type: string
                        required: false
                        default: x@y
                        constraints:
                          - format: email
                      - name: answer
                        type: union
                        required: false
                    response_schema: |
                      {
                        "type": "object"
                      }
                """))
    }

    @Test func boundsCutAndSaySo() {
        let few = write(.text, endpoints: 1)
        #expect(!few.text.contains("notes.show"))
        #expect(few.meta["truncated"] == false)
        #expect(few.meta["endpoints"] == 3)
        for most in 1...200 {
            let short = write(.text, characters: most)
            #expect(short.text.unicodeScalars.count <= most)
            #expect(write(.text).text.hasPrefix(short.text))
        }
        let short = write(.text, characters: 60)
        #expect(short.meta["truncated"] == true)
        #expect(short.meta["apps"] == 2)
        #expect(short.documented.map { $0.endpoints.map(\.name) } == [["done"], []])
    }

    @Test func theMetaSaysWhatIsInIt() {
        let documentation = write(.schemaYAML, endpoints: 40, characters: 12_000)
        #expect(
            documentation.meta == [
                "apps": 3, "endpoints": 4, "chars": .int(Int64(documentation.text.unicodeScalars.count)),
                "tokens_est": .int(Int64((documentation.text.unicodeScalars.count + 3) / 4)), "truncated": false,
                "doc_format": "schema_yaml", "max_endpoints": 40, "max_chars": 12_000,
            ])
    }

    @Test(
        arguments: [
            ("notes__show", "notes", "show"), ("a__b__c", "a", "b__c"), ("notes", nil, nil), ("__x", nil, nil),
            ("x__", nil, nil), ("a_b", nil, nil), ("a___b", "a", "_b"),
        ] as [(String, String?, String?)])
    func namesAreSplitAtTheFirstDoubleUnderscore(name: String, app: String?, endpoint: String?) {
        let parts = ToolCatalog.split(name)
        #expect(parts?.app == app)
        #expect(parts?.endpoint == endpoint)
    }
}
