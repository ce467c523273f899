import JSON

/// The 16 tools of the retail environment.
///
/// Their checks come in the official order, and what they had changed before a check failed stays changed.
enum Tau1RetailTools {
    static let toolkit = Toolkit(
        className: "",
        functions: [
            .tau1Calculate,
            .tool("cancel_pending_order", .write, ["order_id", "reason"], cancelPendingOrder),
            .tool(
                "exchange_delivered_order_items", .write,
                ["order_id", "item_ids", "new_item_ids", "payment_method_id"], exchangeDeliveredOrderItems),
            .tool("find_user_id_by_email", .read, ["email"], findUserByEmail),
            .tool("find_user_id_by_name_zip", .read, ["first_name", "last_name", "zip"], findUserByNameAndZip),
            .tool("get_order_details", .read, ["order_id"], getOrderDetails),
            .tool("get_product_details", .read, ["product_id"], getProductDetails),
            .tau1UserDetails,
            .tool("list_all_product_types", .read, [], listAllProductTypes),
            .tool(
                "modify_pending_order_address", .write,
                ["order_id", "address1", "address2", "city", "state", "country", "zip"], modifyPendingOrderAddress),
            .tool(
                "modify_pending_order_items", .write,
                ["order_id", "item_ids", "new_item_ids", "payment_method_id"], modifyPendingOrderItems),
            .tool(
                "modify_pending_order_payment", .write, ["order_id", "payment_method_id"], modifyPendingOrderPayment),
            .tool(
                "modify_user_address", .write,
                ["user_id", "address1", "address2", "city", "state", "country", "zip"], modifyUserAddress),
            .tool(
                "return_delivered_order_items", .write, ["order_id", "item_ids", "payment_method_id"],
                returnDeliveredOrderItems),
            .tau1Think,
            .transferToHumanAgents,
        ] as [ToolFunction<Tau1World>])
}
