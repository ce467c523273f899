extension Tau2OwnTools {
    private static let customer = OwnParameter.text("customer_id", "The customer, as `C1001`.")
    private static let line = OwnParameter.text("line_id", "The customer's line, as `L1001`.")
    private static let app = OwnParameter.text("app_name", "The app's name.")

    static let telecom: [OwnTool] = telecomAgent + phoneLooks + phoneActs

    private static let telecomAgent: [OwnTool] = [
        ("get_customer_by_phone", "Find a customer by phone number.", [.text("phone_number", "The number.")]),
        ("get_customer_by_id", "Look up a customer.", [customer]),
        (
            "get_customer_by_name", "Find customers by name and date of birth.",
            [.text("full_name", "The whole name."), .text("dob", "Date of birth, as `1990-01-31`.")]
        ),
        (
            "get_details_by_id", "Look up a customer, line, device, bill or plan.",
            [.text("id", "Its id; the first letter tells what it is.")]
        ),
        ("suspend_line", "Suspend a line.", [customer, line, .text("reason", "Why.")]),
        ("resume_line", "Make a suspended line active again.", [customer, line]),
        (
            "get_bills_for_customer", "List a customer's bills, newest first.",
            [customer, .whole("limit", "How many at the most; 12 if not given.", optional: true)]
        ),
        (
            "send_payment_request", "Ask the customer to pay a bill.",
            [customer, .text("bill_id", "The bill, as `B1001`.")]
        ),
        ("get_data_usage", "Look up how much data a line has used.", [customer, line]),
        ("enable_roaming", "Let a line be used abroad.", [customer, line]),
        ("disable_roaming", "Stop a line from being used abroad.", [customer, line]),
        transfer,
        (
            "refuel_data", "Add data to a line for a charge.",
            [customer, line, .number("gb_amount", "How many gigabytes.")]
        ),
    ]

    private static let phoneLooks: [OwnTool] = [
        ("check_status_bar", "Look at the phone's status bar.", []),
        ("check_network_status", "Look at signal, connection type and data settings.", []),
        ("check_network_mode_preference", "Look at which networks the phone prefers.", []),
        ("run_speed_test", "Measure the speed of mobile data.", []),
        ("check_sim_status", "Look at whether the SIM card works.", []),
        ("check_data_restriction_status", "Look at whether data saver is on.", []),
        ("check_apn_settings", "Look at the access point settings.", []),
        ("check_wifi_status", "Look at the Wi-Fi connection.", []),
        ("check_wifi_calling_status", "Look at whether Wi-Fi calling is on.", []),
        ("check_vpn_status", "Look at the VPN connection.", []),
        ("check_installed_apps", "List the apps on the phone.", []),
        ("check_app_status", "Look at an app.", [app]),
        ("check_app_permissions", "Look at what an app is allowed.", [app]),
        ("can_send_mms", "Try whether picture messages can be sent.", []),
        ("check_payment_request", "Look at whether somebody asks you to pay.", []),
    ]

    private static let phoneActs: [OwnTool] = [
        (
            "set_network_mode_preference", "Choose which networks the phone prefers.",
            [.text("mode", "As `4g_5g_preferred`, `4g_only`, `3g_only` or `2g_only`.")]
        ),
        ("toggle_airplane_mode", "Turn airplane mode on or off.", []),
        ("reseat_sim_card", "Take the SIM card out and put it back.", []),
        ("toggle_data", "Turn mobile data on or off.", []),
        ("toggle_roaming", "Turn data roaming on or off.", []),
        ("toggle_data_saver_mode", "Turn data saver on or off.", []),
        (
            "set_apn_settings", "Change the access point settings.",
            [
                .object(
                    "apn_settings", "The settings.",
                    [
                        .text("apn_name", "The access point's name.", optional: true),
                        .text("mmsc_url", "The address for picture messages.", optional: true),
                    ])
            ]
        ),
        ("reset_apn_settings", "Put the access point settings back; they hold after a restart.", []),
        ("toggle_wifi", "Turn Wi-Fi on or off.", []),
        ("toggle_wifi_calling", "Turn Wi-Fi calling on or off.", []),
        ("connect_vpn", "Connect to the VPN.", []),
        ("disconnect_vpn", "Disconnect from the VPN.", []),
        (
            "grant_app_permission", "Allow an app something.",
            [app, .text("permission", "As `sms`, `storage`, `phone` or `network`.")]
        ),
        ("reboot_device", "Restart the phone.", []),
        ("make_payment", "Pay the bill that you were asked to pay.", []),
    ]
}
