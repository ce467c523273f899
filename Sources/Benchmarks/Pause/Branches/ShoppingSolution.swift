import JSON

/// Plays a shopping plan in the shop: the calls that it takes, and what the user has to do meanwhile.
struct ShoppingSolution {
    let plan: ShoppingPlan
    let store: PauseStore
    let catalog: ProductCatalog

    /// The solution.
    ///
    /// Throws ``TemplateFailure`` when the shop refuses something.
    func gold() throws -> PauseGold {
        var scene = TemplateScene(
            store: store, stream: PauseStream(seed: store.meta.seed, stage: "shopping:solution"),
            options: PauseWorldOptions(branchAllowlist: Set(PauseBranch.shopping.toolAllowlist), isShopping: true),
            catalog: catalog)
        scene.target("The order is placed.")
        try scene.look("get_wallet", [:])
        try readWishes(in: &scene)
        try fillCart(in: &scene)
        try scene.grant(.purchase)
        let order = try scene.look("prepare_order", plan.voucherID.map { ["voucher_id": .string($0)] } ?? [:])
        guard let transaction = scene.world.store.profile.shopping.transactions.last,
            let total = transaction["final_total"]?.doubleValue
        else { throw TemplateFailure("no order was prepared: \(order.text())") }
        try scene.pay(total)
        var gold = scene.finishedGold()
        // The shopping score looks at the state; conditions on it would say the same again.
        gold.finalState = gold.finalState.filter { !$0.path.hasPrefix("shopping.") }
        return gold
    }

    private func readWishes(in scene: inout TemplateScene) throws {
        for wish in plan.wishes {
            guard let day = wish.createdOn else { continue }
            if wish.retrieval == .note {
                try scene.grant(.userNotes)
                try scene.look("list_notes", ["start_date": .string("\(day)"), "end_date": .string("\(day)")])
            } else {
                try scene.openMedicalAssistant()
                try scene.look("med-get_resources", ["resource_type": "care_plans"])
            }
        }
    }

    private func fillCart(in scene: inout TemplateScene) throws {
        let pages = (catalog.products.count + 14) / 15
        for page in 1...max(1, pages) { try scene.look("browse_items", ["page": JSONValue(page)]) }
        for wish in plan.wishes { try scene.look("inspect_item", ["product_id": .string(wish.product.id)]) }
        try scene.look("get_cart", [:])
        for line in scene.start.shopping.cart {
            try scene.look("remove_from_cart", ["cart_item_id": .string(line.id)])
        }
        for line in plan.lines {
            try scene.look(
                "add_to_cart",
                [
                    "product_id": .string(line.product.id), "size": .string(line.size),
                    "quantity": JSONValue(line.quantity),
                ])
        }
    }
}
