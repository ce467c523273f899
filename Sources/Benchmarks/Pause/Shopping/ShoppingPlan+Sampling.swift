import JSON

/// Draws the plans of one user's shopping tasks.
///
/// A plan depends on the user's seed, the wallet and the number of the run alone, so that the notes of all runs can be
/// written before the first task is made.
struct ShoppingPlanner {
    let seed: Int
    let now: DayTime
    let wallet: Wallet
    let catalog: ProductCatalog

    /// How many runs have days of their own for their notes and care plans.
    static let maximumRuns = 90

    /// The plan of a run; nil when nothing was found within a hundred tries.
    func plan(run: Int) -> ShoppingPlan? {
        var stream = PauseStream(seed: seed, stage: "shopping:plan:\(run)")
        for _ in 0..<100 {
            if let plan = attempt(run: run, from: &stream) { return plan }
        }
        return nil
    }

    private func attempt(run: Int, from stream: inout PauseStream) -> ShoppingPlan? {
        var candidates: [ShoppingPlan.Retrieval] = [.none, .note, .carePlan]
        var retrievals: [ShoppingPlan.Retrieval] = []
        for _ in 0..<stream.integer(in: 1...2) {
            let retrieval = stream.pick(candidates) ?? .none
            if retrieval != .none { candidates.removeAll { $0 == retrieval } }
            retrievals.append(retrieval)
        }
        let acceptsVIP = retrievals.contains(.carePlan)
        var plan = ShoppingPlan(
            wishes: [], isDeliveryToday: stream.chance(0.5), acceptsVIP: acceptsVIP,
            isVIPAtCheckout: wallet.isVIP || acceptsVIP)
        for retrieval in retrievals {
            guard let wish = wish(retrieval, of: plan, run: run, from: &stream) else { return nil }
            plan.wishes.append(wish)
        }
        guard Set(plan.wishes.map(\.product.id)).count == plan.wishes.count else { return nil }
        let choice = VoucherChoice(
            vouchers: wallet.vouchers, lines: plan.lines, isVIP: plan.isVIPAtCheckout, on: now.day)
        guard !choice.isTied else { return nil }
        plan.voucherID = choice.best?.id
        return plan
    }

    private func wish(
        _ retrieval: ShoppingPlan.Retrieval, of plan: ShoppingPlan, run: Int, from stream: inout PauseStream
    ) -> ShoppingPlan.Wish? {
        var query = ShoppingQuery()
        query.isUserVIP = plan.isVIPAtCheckout
        query.tags.all = stream.sample(stream.integer(in: 2...3), of: Self.variantTags).sorted()
        if stream.chance(0.5), let kind = stream.pick(Self.baseTags) { query.baseTags.all = [kind] }
        if plan.isDeliveryToday { query.deliveryIn = [Product.Delivery.today.rawValue] }
        let wish = stream.pick([ShoppingQuery.Objective.effectivePrice, .calories]) ?? .calories
        let units = stream.integer(in: 3...8)
        let resolver = ShoppingResolver(catalog: catalog)
        var resolution = resolver.solve(query)
        guard let only = resolution.items.first else { return nil }
        if resolution.items.count > 1 {
            query.objective = wish
            query.direction = .min
            resolution = resolver.solve(query)
            // Two products that are equally good would make the task unanswerable.
            guard resolution.items[1].score - resolution.items[0].score > 1e-9 else { return nil }
        }
        let product = resolution.items.first?.product ?? only.product
        guard product.stock >= units else { return nil }
        return ShoppingPlan.Wish(
            retrieval: retrieval, createdOn: retrieval == .none ? nil : day(of: retrieval, run: run), query: query,
            status: resolution.status, product: product, units: units)
    }

    /// The day of a run's note or care plan: no two runs share one.
    private func day(of retrieval: ShoppingPlan.Retrieval, run: Int) -> CalendarDay {
        var stream = PauseStream(seed: seed, stage: "shopping:days:\(retrieval.rawValue)")
        let days = stream.shuffled(Array(1...Self.maximumRuns))
        return now.day.advanced(by: -days[run % days.count])
    }

    static let variantTags = [
        "diabetic_safe", "high_fiber", "high_protein", "low_calorie", "low_fat", "low_sodium", "low_sugar", "organic",
        "sugar_free",
    ]
    static let baseTags = ["bar", "biscuit", "chip", "dairy", "drink", "fruit", "meal_replacement", "nut"]
}
