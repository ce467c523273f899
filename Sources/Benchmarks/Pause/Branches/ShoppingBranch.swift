import Evaluation
import JSON

/// The shopping branch: it needs no model, because plan and solution are drawn and computed.
public struct ShoppingBranch: TaskBranch {
    /// The name in task files.
    public let name = PauseBranch.shopping.rawValue
    private let catalog: ProductCatalog

    /// Makes the branch for a shop.
    public init(catalog: ProductCatalog = .standard) { self.catalog = catalog }

    /// The platform tools of the branch.
    public var toolAllowlist: [String] { PauseBranch.shopping.toolAllowlist }
    /// What the assistant is told about the branch.
    public var assistantPolicy: String { PauseBranch.shopping.assistantPolicy }

    /// Draws wallet, vouchers and cart, and writes the notes and care plans of all runs.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for more runs than notes have days.
    public func preparedStore(from store: PauseStore, runs: Int) throws -> PauseStore {
        guard runs <= ShoppingPlanner.maximumRuns else {
            throw EvaluationError(
                .configurationInvalid,
                "one user can have \(ShoppingPlanner.maximumRuns) shopping tasks, not \(runs)",
                cause: .configuration, advice: "use more users with fewer runs")
        }
        var store = store
        store.profile.shopping = Self.shopping(of: store, catalog: catalog)
        let planner = self.planner(for: store)
        var providerStream = PauseStream(seed: store.meta.seed, stage: "shopping:providers")
        let providers = BranchContext.providers(
            of: &store.profile, seed: store.meta.seed, stage: "context:shopping")
        var written = 0
        for run in 0..<runs {
            guard let plan = planner.plan(run: run) else { continue }
            for wish in plan.wishes where wish.retrieval != .none {
                written += 1
                Self.write(
                    wish, number: written, provider: providerStream.pick(providers) ?? "", into: &store)
            }
        }
        store.meta.injectedContext[name] = true
        return store
    }

    /// The hidden plan of the first run.
    public func buildPrompt(for store: PauseStore) async throws -> String {
        planner(for: store).plan(run: 0).map { JSONValue.object($0.json).text() } ?? ""
    }

    /// The prompt: nothing is to be written.
    public func callModel(_ prompt: String) async throws -> String { prompt }

    /// No task: plans are made, not read.
    public func postprocess(_ text: String, for store: PauseStore) async throws -> [PauseTask] { [] }

    /// The task of one run; none when no plan was found.
    public func makeTasks(for store: PauseStore, run: Int) async throws -> [PauseTask] {
        guard let plan = planner(for: store).plan(run: run) else { return [] }
        // A solution that does not play is no task; the scene says why, for whoever debugs a catalogue.
        guard let gold = try? ShoppingSolution(plan: plan, store: store, catalog: catalog).gold() else { return [] }
        return [
            PauseTask(
                instruction: ShoppingPrompt.text(plan), label: Self.label(of: plan), targets: [plan.target],
                difficulty: .hard, shoppingPlan: plan.json, gold: gold)
        ]
    }

    private func planner(for store: PauseStore) -> ShoppingPlanner {
        ShoppingPlanner(
            seed: store.meta.seed, now: store.profile.now, wallet: store.profile.shopping.wallet, catalog: catalog)
    }

    private static func label(of plan: ShoppingPlan) -> String {
        (["shopping"] + plan.wishes.map(\.retrieval.rawValue)).joined(separator: "_")
    }

    private static func write(
        _ wish: ShoppingPlan.Wish, number: Int, provider: String, into store: inout PauseStore
    ) {
        guard let day = wish.createdOn else { return }
        let seed = store.meta.seed
        let stage = "context:shopping"
        let phrase = ShoppingWording.phrase(wish.query)
        if wish.retrieval == .note {
            store.profile.append(
                [
                    "note_id": .string(PauseID.make(.note, seed: seed, stage: stage, index: number)),
                    "time": .string("\(DayTime(day, minute: 600 + number))"),
                    "content": .string("For my next order: \(phrase)."),
                ], to: .notes)
        } else {
            store.profile.append(
                [
                    "plan_id": .string(PauseID.make(.carePlan, seed: seed, stage: stage, index: number)),
                    "provider_id": .string(provider), "created_at": .string("\(day)"),
                    "topics": ["diet", "nutrition"],
                    "note_text": .string("Recommended addition to the diet: \(phrase)."),
                ], to: .carePlans)
        }
    }
}

extension ShoppingBranch {
    /// A wallet with four vouchers, and now and then a cart with leftovers.
    static func shopping(of store: PauseStore, catalog: ProductCatalog) -> ShoppingState {
        var stream = PauseStream(seed: store.meta.seed, stage: "shopping")
        let day = store.profile.now.day
        var wallet = Wallet(balance: Double(stream.integer(in: 0...5)))
        wallet.isVIP = stream.chance(0.5)
        if wallet.isVIP { wallet.vipExpiry = "\(DayTime(day.advanced(by: 20), minute: store.profile.now.minuteOfDay))" }
        let brands: [String] = ProductCatalog.brands.sorted()
        for month in stream.sample(4, of: Array(1...12)) {
            let brand = stream.pick(brands) ?? ""
            let minimum: Double = stream.pick([20, 25, 30, 35]) ?? 20
            let factor: Double = stream.pick([0.85, 0.9, 0.95]) ?? 0.9
            let isVIPOnly = stream.chance(0.5)
            let percent = Int(((1 - factor) * 100).rounded())
            let expiry = day.advanced(by: stream.integer(in: 30...180))
            wallet.vouchers.append(
                Voucher(
                    id: "v\(day.parts.year)_\(padded(month, to: 2))", brand: brand, minimumAmount: minimum,
                    factor: factor, isVIPOnly: isVIPOnly, expiryDate: "\(expiry)",
                    description: "\(percent)% off \(brand) from \(Int(minimum)) on\(isVIPOnly ? ", VIP only" : "")"))
        }
        var cart: [CartLine] = []
        if stream.chance(0.3) {
            let products = stream.sample(stream.integer(in: 1...2), of: catalog.products)
            for (index, product) in products.enumerated() {
                let id = PauseID.make(.cart, seed: store.meta.seed, stage: "shopping", index: index + 1)
                cart.append(
                    CartLine(
                        id: id, productID: product.id, size: "single_pack", quantity: stream.integer(in: 1...3)))
            }
        }
        return ShoppingState(wallet: wallet, cart: cart)
    }
}
