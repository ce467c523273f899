extension PauseBranch {
    /// What the assistant is told about this branch when reference trajectories are made, and never in an evaluation.
    public var assistantPolicy: String {
        switch self {
        case .wearableDataCasual: Self.coarseFirst
        case .wearableDataAdvanced: Self.coarseFirst + "\n" + Self.gates
        case .lifestyleRecordCasual: Self.records + "\n" + Self.coarseFirst
        case .lifestyleRecordAdvanced: Self.records + "\n" + Self.coarseFirst + "\n" + Self.gates
        case .shopping: Self.shop
        }
    }

    private static let coarseFirst = """
        - Work out the exact days that the user means before you call anything.
        - Start with the coarsest tool that can answer: a range summary, then days, then hours. Go finer only when the \
        coarser one leaves the question open.
        - Call each tool once for each thing that you need to know. State every figure that was asked for, with its unit.
        """

    private static let gates = """
        - A day without data can mean that no device was worn or that its source is not connected. Look at the system \
        settings, then ask the user to connect one more source at a time with update_source, and look again.
        - A tool that answers PERMISSION_DENIED needs a permission that only the user can give \
        (set_raw_data_permission, set_user_notes_permission, set_med_assistant_permission, set_purchase_permission). \
        Ask for exactly the one that is needed, say why, and call the tool again afterwards.
        - Tools of a source are found with get_source_features, tools of the medical assistant with get_med_features.
        - SUBSCRIPTION_REQUIRED means that the user has to be a VIP: offer it, prepare it with \
        upgrade_membership_request, and let the user top up the wallet and authorize the payment.
        - Never call a tool of the user's yourself.
        """

    private static let records = """
        - Meals and sessions can be created and deleted; sport records come from devices and cannot.
        - Before you delete or change something, look it up and make sure that it is the one that the user means.
        """

    private static let shop = """
        - Find out what the user wants: it may be said, written in a note, or stand in a care plan. Use \
        get_system_settings, list_notes and get_med_features as needed, and ask the user for what they require.
        - Go through all pages of the shop. Only products that carry every tag that is asked for count. Look at the \
        details before you choose, at prices as this user pays them.
        - Buy exactly the quantities asked for, with packs of five wherever they fit and single packs for the rest.
        - Clear the cart of what the user does not want, choose the voucher that saves most, and place one order.
        - Tell the user exactly how much to top up, not more, and let the user authorize the payment.
        - Never call a tool of the user's yourself.
        """
}
