import JSON

/// The retail domain: an agent that looks up, changes, returns and exchanges orders of an online shop.
struct RetailWorld: TauWorld {
    static let domain = "retail"
    static let agentToolkit = Toolkit(className: "RetailTools", functions: functions)
    static let userToolkit: Toolkit<RetailWorld>? = nil

    private static let addressParameters: [ToolParameter] = [
        "address1", "address2", "city", "state", "country", "zip",
    ]

    private static let functions: [ToolFunction<RetailWorld>] = [
        .calculate,
        .tool("cancel_pending_order", .write, ["order_id", "reason"], cancelPendingOrder),
        .tool(
            "exchange_delivered_order_items", .write,
            ["order_id", "item_ids", "new_item_ids", "payment_method_id"], exchangeDeliveredOrderItems),
        .tool("find_user_id_by_name_zip", .read, ["first_name", "last_name", "zip"], findUserByNameAndZip),
        .tool("find_user_id_by_email", .read, ["email"], findUserByEmail),
        .tool("get_order_details", .read, ["order_id"], getOrderDetails),
        .tool("get_product_details", .read, ["product_id"], getProductDetails),
        .tool("get_item_details", .read, ["item_id"], getItemDetails),
        .tool("get_user_details", .read, ["user_id"], getUserDetails),
        .tool("list_all_product_types", .read, [], listAllProductTypes),
        .tool("modify_pending_order_address", .write, ["order_id"] + addressParameters, modifyPendingOrderAddress),
        .tool(
            "modify_pending_order_items", .write, ["order_id", "item_ids", "new_item_ids", "payment_method_id"],
            modifyPendingOrderItems),
        .tool(
            "modify_pending_order_payment", .write, ["order_id", "payment_method_id"], modifyPendingOrderPayment),
        .tool("modify_user_address", .write, ["user_id"] + addressParameters, modifyUserAddress),
        .tool(
            "return_delivered_order_items", .write, ["order_id", "item_ids", "payment_method_id"],
            returnDeliveredOrderItems),
        .transferToHumanAgents,
    ]

    var state: WorldState
}
