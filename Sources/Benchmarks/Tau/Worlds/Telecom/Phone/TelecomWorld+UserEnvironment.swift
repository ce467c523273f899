import JSON

extension TelecomWorld {
    /// What tasks call to set up the user and the phone.
    static let userEnvironment: [ToolFunction<TelecomWorld>] = [
        .environment("set_user_info", ["name", "phone_number"]) { world, arguments throws(PythonException) in
            try world.setSurroundings("name", arguments["name"])
            try world.setSurroundings("phone_number", arguments["phone_number"])
            return .none
        },
        .environment("set_user_location", ["abroad"]) { world, arguments throws(PythonException) in
            try world.setSurroundings("is_abroad", arguments["abroad"])
            return .none
        },
        .environment("simulate_network_search") { world, _ throws(PythonException) in
            try world.changePhone { phone throws(PythonException) in try phone.searchNetwork() }
            return .none
        },
        .setUp("turn_airplane_mode_on") { phone, _ throws(PythonException) in
            if try !phone.toggleAirplaneMode() { _ = try phone.toggleAirplaneMode() }
        },
        .setUp("turn_airplane_mode_off") { phone, _ throws(PythonException) in
            if try phone.toggleAirplaneMode() { _ = try phone.toggleAirplaneMode() }
        },
        .setUp("unseat_sim_card") { phone, _ throws(PythonException) in try phone.removeSIM() },
        .setUp("lock_sim_card", ["mode"]) { phone, arguments throws(PythonException) in
            try phone.lockSIM(arguments["mode"])
        },
        .setUp("turn_data_on") { phone, _ in phone[.mobileData] = true },
        .setUp("turn_data_off") { phone, _ throws(PythonException) in try phone.turn(.mobileData, to: false) },
        .setUp("turn_roaming_on") { phone, _ throws(PythonException) in try phone.turn(.roaming, to: true) },
        .setUp("turn_roaming_off") { phone, _ throws(PythonException) in try phone.turn(.roaming, to: false) },
        .setUp("turn_data_saver_mode_on") { phone, _ in phone[.dataSaver] = true },
        .setUp("turn_data_saver_mode_off") { phone, _ in phone[.dataSaver] = false },
        .setUp("break_apn_settings") { phone, _ throws(PythonException) in
            try phone.setAccessPoint("apn_name", AccessPointName.broken.json)
            try phone.searchNetwork()
        },
        .setUp("break_apn_mms_setting") { phone, _ throws(PythonException) in
            try phone.setAccessPoint("mmsc_url", .null)
        },
        .setUp("set_wifi_calling", ["enabled", ToolParameter("mms_over_wifi", default: .null)], setWiFiCalling),
        .setUp("break_vpn") { phone, _ throws(PythonException) in try phone.breakVPN() },
        .environment("remove_app_permission", ["app_name", "permission"], removeAppPermission),
    ]

    private static func setWiFiCalling(
        _ phone: inout Phone, _ arguments: ToolArguments
    ) throws(PythonException) {
        if !JSONValue.bool(phone[.wifiCalling]).pythonEquals(arguments["enabled"]) { _ = phone.flip(.wifiCalling) }
        let isOverWiFi = arguments["mms_over_wifi"]
        // Stored as it is given.
        if !isOverWiFi.isNull { phone.device[Phone.Flag.multimediaOverWiFi.rawValue] = isOverWiFi }
    }

    private static func removeAppPermission(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let isDone = try world.changePhone { phone throws(PythonException) in
            try phone.revoke(arguments["permission"], ofApp: arguments["app_name"])
        }
        return .list([.truth(isDone), .string(arguments["permission"].pythonText)])
    }

    /// What tasks call to check the phone.
    static let userAssertions: [ToolFunction<TelecomWorld>] = [
        .check("assert_airplane_mode_status") { phone, arguments in
            JSONValue.bool(phone[.airplaneMode]).pythonEquals(arguments["expected_status"])
        },
        .check("assert_service_status") { phone, arguments throws(PythonException) in
            let expected = arguments["expected_status"]
            guard let status = ConnectionStatus(expected) else {
                throw .value("\(expected.pythonRepresentation) is not a valid NetworkStatus")
            }
            return phone.connection == status
        },
        .check("assert_mobile_data_status") { phone, arguments in
            JSONValue.bool(phone.hasWorkingData).pythonEquals(arguments["expected_status"])
        },
        .check("assert_mobile_roaming_status") { phone, arguments in
            JSONValue.bool(phone[.roaming]).pythonEquals(arguments["expected_status"])
        },
        .check("assert_mobile_data_saver_mode_status") { phone, arguments in
            JSONValue.bool(phone[.dataSaver]).pythonEquals(arguments["expected_status"])
        },
        .check(
            "assert_internet_speed", ["expected_speed", ToolParameter("expected_desc", default: .null)],
            hasInternetSpeed),
        .check("assert_internet_not_excellent", []) { phone, _ in phone.testSpeed()?.verdict != .excellent },
        .check("assert_can_send_mms") { phone, arguments throws(PythonException) in
            JSONValue.bool(try phone.canSendPictures()).pythonEquals(arguments["expected_status"])
        },
        .environment("assert_mobile_data_usage_exceeded", ["expected_status"]) {
            world, arguments throws(PythonException) in
            let isExceeded = try world.userData.value(of: "surroundings")["mobile_data_usage_exceeded"] ?? .null
            return .truth(isExceeded.pythonEquals(arguments["expected_status"]))
        },
    ]

    private static func hasInternetSpeed(
        _ phone: Phone, _ arguments: ToolArguments
    ) throws(PythonException) -> Bool {
        let test = phone.testSpeed()
        let speeds = try PythonNumber.comparands(
            ">=", JSONValue(test?.speed ?? 0), arguments["expected_speed"])
        guard PythonNumber.isAtMost(speeds.right, speeds.left) else { return false }
        let expected = arguments["expected_desc"]
        if expected.isNull { return true }
        let verdict = test?.verdict.rawValue ?? SpeedTest.noConnection
        return JSONValue.string(verdict.lowercased()) == .string(try expected.pythonLowercased())
    }
}

extension Phone {
    /// Flips a switch once, and once more if it then stands wrong, searching each time.
    fileprivate mutating func turn(_ flag: Flag, to isOn: Bool) throws(PythonException) {
        if try toggleAndSearch(flag) != isOn { _ = try toggleAndSearch(flag) }
    }
}
