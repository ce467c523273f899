import Evaluation
import JSON
import Testing

@testable import Pause

@Suite("The user's and the medical tools")
struct UserToolTests {
    @Test("A new source comes with its device, a known one is switched, an unsupported one refused")
    func sources() throws {
        var platform = try Platform()
        let garmin: JSONObject = ["source_name": "garmin_connect", "allow": true]
        #expect(
            platform.user("update_source", ["source_name": "garmin_connect", "allow": false]).errorCode
                == "SOURCE_NOT_FOUND")
        #expect(platform.user("update_source", ["source_name": "casio", "allow": true]).errorCode == "UNKNOWN_SOURCE")
        let made = platform.user("update_source", garmin).value
        #expect(made["created"] == true && made["connected"] == true)
        #expect(platform.user("update_source", garmin).value["created"] == false)
        let settings = platform.assistant("get_system_settings").value["system_settings"]
        #expect(settings?.objectValue?.keys == ["marketplaces", "devices", "permissions"])
        #expect(settings?["marketplaces"]?.arrayValue?.last == ["source": "garmin_connect", "connected": true])
        #expect(
            settings?["devices"]?.arrayValue?.last == [
                "device_id": "garmin_forerunner_265", "source": "garmin_connect", "type": "watch",
            ])
    }

    @Test(
        "A permission is granted and taken back",
        arguments: [
            ("set_raw_data_permission", PausePermission.rawData), ("set_user_notes_permission", .userNotes),
            ("set_purchase_permission", .purchase), ("set_med_assistant_permission", .medAssistant),
        ])
    func permissions(_ tool: String, _ permission: PausePermission) throws {
        var platform = try Platform()
        let granted = platform.user(tool, ["allow": true]).value
        #expect(granted["permission"]?.stringValue == permission.rawValue && granted["allowed"] == true)
        #expect(platform.world.store.profile.allows(permission))
        #expect(PausePermission.allCases.filter { platform.world.store.profile.allows($0) } == [permission])
        platform.user(tool, ["allow": false])
        #expect(!platform.world.store.profile.allows(permission))
    }

    @Test("The providers' record of the user is changed in part and apart from the platform's")
    func medicalProfile() throws {
        var platform = try Platform()
        platform.makeMember()
        platform.grant(.medAssistant)
        let before = platform.assistant("med-get_user_profile").value["user_profile"]
        #expect(before?.objectValue?.keys == ["basic_info", "health_risks", "dietary_restrictions"])
        let after = platform.assistant(
            "med-update_user_profile", ["health_risks": ["asthma"], "basic_info": ["age": 41]]
        ).value["user_profile"]
        #expect(after?["health_risks"] == ["asthma"])
        #expect(after?["basic_info"]?["age"] == 41)
        #expect(after?["basic_info"]?["name"] == before?["basic_info"]?["name"])
        let platformProfile = platform.assistant("get_user_profile").value["user_profile"]
        #expect(platformProfile?["health_risks"] != ["asthma"])
        #expect(platform.assistant("med-get_resources", ["resource_type": "bills"]).exception?.kind == .value)
    }

    @Test("A store that several worlds start from stays as it was")
    func isolation() throws {
        let store = try #require(Platform.store)
        let digest = JSONValue.object(store.profile.json).digest()
        var worlds = (0..<3).map { _ in PauseWorld(store: store) }
        for index in worlds.indices {
            _ = worlds[index].call("top_up_wallet", arguments: ["amount": .init(index + 1)], by: .user)
        }
        #expect(worlds.map { $0.store.profile.shopping.wallet.balance } == [1, 2, 3])
        #expect(JSONValue.object(store.profile.json).digest() == digest)
        #expect(worlds[0].snapshot == .object(worlds[0].store.profile.json))
    }
}
