import JSON
import Testing

@testable import SWEBenchPro

@Suite("Image names")
struct ImageNameTests {
    @Test(
        "A tag follows the official rule",
        arguments: [
            ("instance_a__b-0123-vnan", "A/B", "a.b-a__b-0123"),
            ("instance_a__b-0123-v4567", "a/b", "a.b-a__b-0123-v4567"),
            (
                "instance_element-hq__element-web-12-vnan", "element-hq/element-web",
                "element-hq.element-element-hq__element-web-12"
            ),
            (
                "instance_element-hq__element-web-ec0f940ef0e8e3b61078f145f34dc40d1938e6c5-vnan",
                "element-hq/element-web",
                "element-hq.element-web-element-hq__element-web-ec0f940ef0e8e3b61078f145f34dc40d1938e6c5-vnan"
            ),
        ])
    func makesTags(id: String, repository: String, tag: String) {
        #expect(ImageName.tag(instanceID: id, repository: repository) == tag)
    }

    @Test("A long tag is cut to what a registry takes")
    func cutsLongTags() {
        let id = "instance_" + String(repeating: "x", count: 200)
        #expect(ImageName.tag(instanceID: id, repository: "a/b").utf8.count == 128)
    }

    @Test("A mirror takes the account's place")
    func usesMirrors() {
        let uri = ImageName.uri(
            instanceID: "instance_a__b-1", repository: "a/b", account: "jefzda", registryPrefix: "mirror.local/x/")
        #expect(uri == "mirror.local/x/sweap-images:a.b-a__b-1")
    }

    @Test(
        "An image that has a name is found at a mirror too, and again",
        arguments: ["jefzda/x:1", "a.b/c/x:1", "x:1"])
    func mirrorsNames(name: String) {
        let mirrored = ImageName.mirrored(name, at: "mirror.local/y")
        #expect(mirrored == "mirror.local/y/x:1")
        #expect(ImageName.mirrored(mirrored, at: "mirror.local/y") == mirrored)
    }

    @Test("Every image of the official repository has its name", .enabled(if: SWEBenchReference.isThere))
    func namesOfficialImages() throws {
        let rows = try SWEBenchReference.lines("image_uri.jsonl")
        let wrong = rows.filter { row in
            ImageName.uri(
                instanceID: row["instance_id"]?.stringValue ?? "", repository: row["repo"]?.stringValue ?? "",
                account: row["dockerhub_username"]?.stringValue ?? "") != row["uri"]?.stringValue
        }
        #expect(rows.count > 300)
        #expect(wrong.map { $0["instance_id"]?.stringValue ?? "" } == [])
    }
}
