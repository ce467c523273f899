import JSON

extension ToolBlueprint {
    /// What only the user may do.
    static let userTools: [ToolBlueprint] = [
        .init(
            "update_source", "Connects a source, or disconnects it.",
            [
                .text("source_name", "The source.", among: WearableSource.all.map(\.name)),
                .flag("allow", "true to connect, false to disconnect."),
            ]),
        .init("set_raw_data_permission", "Grants or takes back the permission for raw data.", [.allow]),
        .init("set_user_notes_permission", "Grants or takes back the permission for notes.", [.allow]),
        .init("set_purchase_permission", "Grants or takes back the permission to purchase.", [.allow]),
        .init(
            "set_med_assistant_permission", "Grants or takes back the permission for the medical assistant.", [.allow]),
        .init(
            "top_up_wallet", "Puts money into the wallet.", [.number("amount", "How much; more than nothing.")]),
        .init(
            "authorize_checkout",
            "Pays a pending order, membership or appointment from the wallet.",
            [.text("transaction_id", "The id of the pending transaction.")]),
        .init(
            "set_spending_limit", "Sets the most that all orders together may cost, or removes the limit.",
            [
                Parameter(
                    name: "limit", isRequired: true,
                    schema: ["type": ["number", "null"], "description": "The limit; null for none."])
            ], isExtension: true),
    ]
}
