import JSON

extension TelecomWorld {
    /// The user's tools in official order.
    static let userTools = networkTools + connectionTools + appTools

    private static let networkTools: [ToolFunction<TelecomWorld>] = [
        .look("check_status_bar") { phone, _ in "Status Bar: \(phone.statusBar)" },
        .look("check_network_status") { phone, _ in phone.networkDescription },
        .look("check_network_mode_preference") { phone, _ throws(PythonException) in
            "Network Mode Preference: \(try modeText(phone.device["network_mode_preference"] ?? .null))"
        },
        .act("set_network_mode_preference", ["mode"], setNetworkMode),
        .look("run_speed_test") { phone, _ in phone.speedReport },
        .act("toggle_airplane_mode") { phone, _ throws(PythonException) in
            let isOn = try phone.toggleAirplaneMode()
            return phone.report("Airplane Mode is now \(onOrOff(isOn)).")
        },
        .look("check_sim_status") { phone, _ in phone.simDescription },
        .act("reseat_sim_card") { phone, _ throws(PythonException) in
            try phone.insertSIM()
            return phone.report("SIM card re-seated successfully.")
        },
        .act("toggle_data") { phone, _ throws(PythonException) in
            let isOn = try phone.toggleAndSearch(.mobileData)
            return phone.report("Mobile Data is now \(onOrOff(isOn)).")
        },
        .act("toggle_roaming") { phone, _ throws(PythonException) in
            let isOn = try phone.toggleAndSearch(.roaming)
            return phone.report("Data Roaming is now \(onOrOff(isOn)).")
        },
        .look("check_data_restriction_status") { phone, _ in
            phone[.dataSaver] ? "Data Saver mode is ON (limits data usage)." : "Data Saver mode is OFF."
        },
        .act("toggle_data_saver_mode") { phone, _ in
            let isOn = phone.flip(.dataSaver)
            return phone.report("Data Saver Mode is now \(onOrOff(isOn)).")
        },
        .look("check_apn_settings") { phone, _ throws(PythonException) in try phone.describeAccessPoint() },
        .tool("set_apn_settings", .write, ["apn_settings"], setAccessPoint),
        .act("reset_apn_settings") { phone, _ throws(PythonException) in
            try phone.setAccessPoint("reset_at_reboot", true)
            try phone.searchNetwork()
            return phone.report("APN settings will reset at reboot.")
        },
    ]

    private static let connectionTools: [ToolFunction<TelecomWorld>] = [
        .look("check_wifi_status") { phone, _ in phone.wifiDescription },
        .act("toggle_wifi") { phone, _ in
            guard let isOn = phone.toggleWiFi() else {
                return phone.report("Cannot change Wi-Fi settings while Airplane Mode is ON.")
            }
            return phone.report("Wi-Fi is now \(onOrOff(isOn)).")
        },
        .look("check_wifi_calling_status") { phone, _ in
            "Wi-Fi Calling is currently turned \(onOrOff(phone[.wifiCalling]))."
        },
        .act("toggle_wifi_calling") { phone, _ in
            let isOn = phone.flip(.wifiCalling)
            return phone.report("Wi-Fi Calling is now \(onOrOff(isOn)).")
        },
        .look("check_vpn_status") { phone, _ in phone.vpnDescription },
        .act("connect_vpn") { phone, _ in
            phone.connectVPN() ? phone.report("VPN connected successfully.") : "VPN already connected."
        },
        .act("disconnect_vpn") { phone, _ in
            let wasConnected = phone.disconnectVPN()
            return phone.report(
                wasConnected ? "VPN disconnected successfully." : "No active VPN connection to disconnect.")
        },
    ]

    private static let appTools: [ToolFunction<TelecomWorld>] = [
        .look("check_installed_apps") { phone, _ in
            "The following apps are installed on the phone: \(phone.apps.joined(separator: ", "))"
        },
        .look("check_app_status", ["app_name"]) { phone, arguments throws(PythonException) in
            try phone.describeApp(arguments["app_name"])
        },
        .look("check_app_permissions", ["app_name"]) { phone, arguments throws(PythonException) in
            try phone.describePermissions(ofApp: arguments["app_name"])
        },
        .act("grant_app_permission", ["app_name", "permission"]) { phone, arguments throws(PythonException) in
            let result = try phone.grant(arguments["permission"], toApp: arguments["app_name"])
            return phone.report(result)
        },
        .look("can_send_mms") { phone, _ throws(PythonException) in
            let can = try phone.canSendPictures() ? "can" : "cannot"
            return "Your messaging app \(can) send MMS messages."
        },
        .act("reboot_device") { phone, _ throws(PythonException) in
            let progress = try phone.reboot()
            return phone.report(progress)
        },
        .tool("check_payment_request", .read, [], checkPaymentRequest),
        .tool("make_payment", .write, [], makePayment),
    ]

    private static func setNetworkMode(
        _ phone: inout Phone, _ arguments: ToolArguments
    ) throws(PythonException) -> String {
        let mode = arguments["mode"]
        guard try phone.preferNetworkMode(mode), !mode.isNull else {
            let modes = NetworkMode.allCases.map(\.rawValue).joined(separator: ", ")
            return phone.report(
                "Failed to set network mode: '\(mode.pythonText)' is not a valid option. Please use one of: \(modes)")
        }
        return phone.report("Preferred Network Mode set to: \(try modeText(mode))")
    }

    /// The text of a mode; what is none has been stored as it was given and has no text.
    private static func modeText(_ mode: JSONValue) throws(PythonException) -> String {
        guard case .string(let text) = mode else { throw .attribute("value", ofType: mode.pythonTypeName) }
        return text
    }

    /// Replaces the access point settings; whatever is no dictionary is stored before it fails.
    private static func setAccessPoint(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        let given = arguments["apn_settings"]
        let settings = given.objectValue == nil ? given : try PhoneModels.accessPoint.validate(given)
        return .string(
            try world.changePhone { phone throws(PythonException) in
                phone.device["active_apn_settings"] = settings
                let name = try phone.accessPoint("apn_name")
                try phone.searchNetwork()
                return phone.report("APN settings set to: \(name.pythonText)")
            })
    }

    private static func checkPaymentRequest(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        guard let request = try world.paymentRequest() else { return .string("No payment request has been made.") }
        return .string("You have a payment request for bill \(request.bill) of \(request.amount) USD.")
    }

    /// Marks the request as paid; the bill itself is paid when both sides are synchronized.
    private static func makePayment(
        _ world: inout TelecomWorld, _ arguments: ToolArguments
    ) throws(PythonException) -> PythonResult {
        guard let request = try world.paymentRequest() else { return .string("You do not have a payment request.") }
        try world.userData.updateValue(of: "surroundings") { $0["payment_request"]?["paid"] = true }
        return .string("Payment of \(request.amount) USD has been made for bill \(request.bill).")
    }

    /// What the user has been asked to pay.
    private func paymentRequest() throws(PythonException) -> (bill: String, amount: String)? {
        let request = try userData.value(of: "surroundings")["payment_request"] ?? .null
        guard let bill = request["bill_id"], let amount = request["amount_due"] else { return nil }
        return (bill.pythonText, amount.pythonText)
    }
}
