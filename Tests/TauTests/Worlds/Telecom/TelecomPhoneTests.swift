import JSON
import Testing

@testable import Tau

@Suite("The telecom user's phone")
struct TelecomPhoneTests {
    @Test(
        "Speeds follow technology, reception, VPN and data saver",
        arguments: [
            ("4g_5g_preferred", false, false, "275.00 Mbps (Excellent)"),
            ("4g_5g_preferred", true, false, "27.50 Mbps (Good)"),
            ("4g_5g_preferred", false, true, "55.00 Mbps (Good)"),
            ("4g_5g_preferred", true, true, "5.50 Mbps (Fair)"),
            ("4g_only", false, false, "44.00 Mbps (Good)"),
            ("4g_only", true, false, "4.40 Mbps (Poor)"),
            ("3g_only", false, false, "1.50 Mbps (Poor)"),
            ("3g_only", false, true, "0.30 Mbps (Very Poor)"),
            ("2g_only", false, false, "0.05 Mbps (Very Poor)"),
        ])
    func speeds(mode: JSONValue, hasSlowVPN: Bool, savesData: Bool, expected: String) throws {
        var world = try TelecomSample.world()
        _ = world.user("set_network_mode_preference", ["mode": mode])
        if hasSlowVPN { try world.set("break_vpn") }
        if savesData { try world.set("turn_data_saver_mode_on") }
        #expect(world.user("run_speed_test").hasPrefix("Speed Test Result: \(expected). Connection is "))
    }

    @Test(
        "Mobile data stop where one thing is wrong",
        arguments: [
            ("turn_airplane_mode_on", [:]), ("turn_data_off", [:]), ("unseat_sim_card", [:]),
            ("lock_sim_card", ["mode": "puk"]), ("break_apn_settings", [:]),
            ("set_user_location", ["abroad": true]),
        ] as [(String, JSONObject)])
    func obstacles(function: String, arguments: JSONObject) throws {
        var world = try TelecomSample.world()
        #expect(try world.holds("assert_mobile_data_status", ["expected_status": true]) == true)
        try world.set(function, arguments)
        #expect(try world.holds("assert_mobile_data_status", ["expected_status": true]) == false)
        #expect(world.user("run_speed_test") == "Speed test failed: No Connection.")
        #expect(world.user("can_send_mms") == "Your messaging app cannot send MMS messages.")
    }

    @Test(
        "Picture messages need an address, permissions and a network above 2G, and no Wi-Fi calling that takes them",
        arguments: [
            ("break_apn_mms_setting", [:]), ("set_network_mode_preference", ["mode": "2g_only"]),
            ("remove_app_permission", ["app_name": "messaging", "permission": "SMS"]),
            ("remove_app_permission", ["app_name": "messaging", "permission": "storage"]),
            ("set_wifi_calling", ["enabled": true, "mms_over_wifi": true]),
        ] as [(String, JSONObject)])
    func pictureMessages(function: String, arguments: JSONObject) throws {
        var world = try TelecomSample.world()
        #expect(try world.holds("assert_can_send_mms", ["expected_status": true]) == true)
        try world.set(function, arguments)
        #expect(try world.holds("assert_can_send_mms", ["expected_status": true]) == false)
    }

    @Test("Roaming abroad needs the phone's consent and the line's")
    func roaming() throws {
        var world = try TelecomSample.world()
        try world.set("set_user_location", ["abroad": true])
        try world.set("turn_roaming_on")
        #expect(try world.holds("assert_mobile_data_status", ["expected_status": false]) == true)
        #expect(
            world.agent("enable_roaming", ["customer_id": "C1", "line_id": "L1"]) == "Roaming enabled successfully")
        #expect(try world.holds("assert_mobile_data_status", ["expected_status": true]) == true)
        #expect(world.agent("enable_roaming", ["customer_id": "C1", "line_id": "L1"]) == "Roaming was already enabled")
    }

    @Test("Airplane mode ends connections; what was on before is looked for again")
    func airplaneMode() throws {
        var world = try TelecomSample.world()
        _ = world.user("connect_vpn")
        #expect(world.user("toggle_airplane_mode") == "Airplane Mode is now ON.\nStatus Bar: ✈️ Airplane Mode | 🔋 80%")
        #expect(try world.phone("vpn_details") == .null)
        #expect(world.user("toggle_wifi").hasPrefix("Cannot change Wi-Fi settings while Airplane Mode is ON."))
        #expect(
            world.user("toggle_airplane_mode")
                == "Airplane Mode is now OFF.\nStatus Bar: 📶⁴ Excellent | 5G | 📱 Data Enabled | 🔋 80%")
    }

    @Test("Turning something on that is on flips it twice, with what the flips do besides")
    func turningOnTwice() throws {
        var world = try TelecomSample.world()
        try world.set("turn_airplane_mode_on")
        _ = world.user("connect_vpn")
        try world.set("turn_airplane_mode_on")
        #expect(try world.phone("airplane_mode") == true)
        #expect(try world.phone("vpn_connected") == false)
    }

    @Test("Whatever is no text is stored as the network mode, and counts as 4G")
    func unreadableNetworkMode() throws {
        var world = try TelecomSample.world()
        let refusal = world.user("set_network_mode_preference", ["mode": "6g"])
        #expect(
            refusal.hasPrefix(
                "Failed to set network mode: '6g' is not a valid option. Please use one of: 4g_5g_preferred, 4g_only, "
                    + "3g_only, 2g_only\nStatus Bar: "))
        #expect(try world.phone("network_mode_preference") == "4g_5g_preferred")
        let outcome = world.call("set_network_mode_preference", arguments: ["mode": 5], requestor: .user)
        #expect(outcome == ToolOutcome(content: "Error: 'int' object has no attribute 'value'", isError: true))
        #expect(try world.phone("network_mode_preference") == 5)
        #expect(try world.phone("network_technology_connected") == "4G")
        #expect(
            world.user("set_network_mode_preference", ["mode": .null]).hasPrefix("Failed to set network mode: 'None'"))
        #expect(try world.phone("network_mode_preference") == .null)
    }

    @Test("Settings of the wrong type stay, and what needs them fails after the network was found")
    func corruptedAccessPoint() throws {
        var world = try TelecomSample.world()
        try world.set("turn_airplane_mode_on")
        #expect(
            world.user("set_apn_settings", ["apn_settings": "internet"])
                == "Error: 'str' object has no attribute 'apn_name'")
        #expect(try world.phone("active_apn_settings") == "internet")
        #expect(world.user("toggle_airplane_mode") == "Error: 'str' object has no attribute 'apn_name'")
        #expect(try world.phone("network_connection_status") == "connected")
        #expect(world.user("reboot_device") == "Error: 'str' object has no attribute 'reset_at_reboot'")
        #expect(world.user("reset_apn_settings") == "Error: 'str' object has no attribute 'reset_at_reboot'")
        #expect(world.user("check_apn_settings") == "Error: 'str' object has no attribute 'model_copy'")
        #expect(world.user("can_send_mms") == "Error: 'str' object has no attribute 'mmsc_url'")
    }

    @Test("A reset of the access point waits for the reboot")
    func accessPointReset() throws {
        var world = try TelecomSample.world()
        try world.set("break_apn_settings")
        #expect(world.user("reset_apn_settings").hasSuffix("📵 No Signal | 📵 Data Disabled | 🔋 80%"))
        let answer = world.user("reboot_device")
        #expect(answer.hasPrefix("Resetting APN settings...\nRestarting network services...\nStatus Bar: 📶⁴ Excellent"))
        #expect(world.user("reboot_device").hasPrefix("Restarting network services...\n"))
    }

    @Test("A card that is missing by its own status fails to be put in, without a text")
    func missingCard() throws {
        var world = try TelecomSample.world()
        try world.state.user?.updateValue(of: "device") { $0["sim_card_status"] = "missing" }
        #expect(
            world.call("reseat_sim_card", arguments: [:], requestor: .user)
                == ToolOutcome(content: "Error: ", isError: true))
    }

    @Test("A broken VPN spoils the default of its own world only")
    func brokenVPN() throws {
        var world = try TelecomSample.world()
        try world.set("break_vpn")
        _ = world.user("disconnect_vpn")
        _ = world.user("connect_vpn")
        #expect(
            world.user("check_vpn_status")
                == "VPN is ON and connected. Details: {'server_address': '192.168.1.1', 'protocol': 'OpenVPN', "
                + "'server_performance': <PerformanceLevel.POOR: 'poor'>}")
        var other = try TelecomSample.world()
        _ = other.user("connect_vpn")
        #expect(other.user("check_vpn_status").contains("<PerformanceLevel.EXCELLENT: 'excellent'>"))
    }

    @Test("Details that came with the data are not the default's")
    func ownVPNDetails() throws {
        var world = try TelecomSample.world()
        try world.state.user?.updateValue(of: "device") { device in
            device["vpn_connected"] = true
            device["vpn_details"] = DefaultVPN().details
        }
        try world.set("break_vpn")
        #expect(world.user("check_vpn_status").contains("'poor'"))
        _ = world.user("disconnect_vpn")
        _ = world.user("connect_vpn")
        #expect(world.user("check_vpn_status").contains("'excellent'"))
    }

    @Test(
        "Permissions are granted by lower-case names to apps that exist",
        arguments: [
            ("browser", "SMS", "Success. Permission 'sms' granted to app 'browser'."),
            (
                "browser", "camera",
                "Error. Permission 'camera' not tracked for app 'browser', available permissions: "
                    + "['sms', 'storage', 'phone', 'network']"
            ),
            ("mail", "sms", "Error. App 'mail' not found. Cannot grant permission."),
            (.null, "sms", "Error. App 'None' not found. Cannot grant permission."),
            ("mail", 1, "Error: 'int' object has no attribute 'lower'"),
            ([], 1, "Error: unhashable type: 'list'"),
        ] as [(JSONValue, JSONValue, String)])
    func granting(app: JSONValue, permission: JSONValue, expected: String) throws {
        var world = try TelecomSample.world()
        let answer = world.user("grant_app_permission", ["app_name": app, "permission": permission])
        #expect(answer.split(separator: "\n").first.map(String.init) == expected)
    }

    @Test("Apps are listed with what they are allowed")
    func apps() throws {
        var world = try TelecomSample.world()
        #expect(world.user("check_installed_apps").hasSuffix(": messaging, browser"))
        let status = "Status for App: browser\n - Permissions Granted:\n   - storage\n   - network"
        #expect(world.user("check_app_status", ["app_name": "browser"]) == status)
        #expect(
            world.user("check_app_permissions", ["app_name": "browser"])
                == "App 'browser' has permission for: storage, network.")
        for permission in ["storage", "network"] {
            try world.set("remove_app_permission", ["app_name": "browser", "permission": .string(permission)])
        }
        #expect(world.user("check_app_status", ["app_name": "browser"]).hasSuffix("\n - Permissions: None granted."))
        #expect(world.user("check_app_status", ["app_name": "mail"]) == "App 'mail' not found on this phone.")
    }

    @Test("A check that cannot be made throws what Python raises")
    func impossibleChecks() throws {
        var world = try TelecomSample.world()
        #expect(throws: PythonException(.valueError, "'gone' is not a valid NetworkStatus")) {
            try world.holds("assert_service_status", ["expected_status": "gone"])
        }
        #expect(
            throws: PythonException(.typeError, "'>=' not supported between instances of 'float' and 'str'")
        ) { try world.holds("assert_internet_speed", ["expected_speed": "fast"]) }
        #expect(
            throws: PythonException(.attributeError, "'TelecomUserTools' object has no attribute 'assert_peace'")
        ) { try world.holds("assert_peace", [:]) }
    }

    @Test("Solo agents have the user's tools in their own hands")
    func solo() throws {
        var world = try TelecomSample.world(isSolo: true)
        #expect(world.agent("check_sim_status") == "Your SIM card is active and working.")
        #expect(world.user("check_sim_status") == "Error: User tool calls are not allowed in solo mode")
    }
}
