extension ShoppingState {
    /// An empty wallet without cart, vouchers or transactions.
    public static var empty: ShoppingState { ShoppingState(wallet: Wallet(balance: 0)) }

    /// Next to no money, one voucher that only members can use, an empty cart.
    public static func initial0(now: DayTime) -> ShoppingState {
        ShoppingState(wallet: Wallet(balance: 0.5, vouchers: [membersVoucher(now)]))
    }

    /// As ``initial0(now:)``, with a second voucher for everybody and a cart that is not empty.
    public static func initial1(now: DayTime, catalog: ProductCatalog = .standard) -> ShoppingState {
        let bundle = Voucher(
            id: "v\(now.day.parts.year)_02", brand: "ClearMeadow", minimumAmount: 60, factor: 0.85, isVIPOnly: false,
            expiryDate: now.day.advanced(by: 120).description, description: "15% off ClearMeadow orders over 60")
        let line = catalog.products.first.map { product in
            CartLine(
                id: PauseID.make(.cart, seed: 0, stage: "initial", index: 1), productID: product.id,
                size: product.options.first?.size ?? "single_pack", quantity: 1)
        }
        return ShoppingState(
            wallet: Wallet(balance: 0.5, vouchers: [membersVoucher(now), bundle]), cart: line.map { [$0] } ?? [])
    }

    private static func membersVoucher(_ now: DayTime) -> Voucher {
        Voucher(
            id: "v\(now.day.parts.year)_01", brand: "DailyGrove", minimumAmount: 30, factor: 0.9, isVIPOnly: true,
            expiryDate: now.day.advanced(by: 60).description,
            description: "10% off DailyGrove orders over 30 (VIP required)")
    }

    /// Puts everything back to money in the wallet, one voucher and an empty cart.
    public mutating func reset(now: DayTime) {
        self = ShoppingState(wallet: Wallet(balance: 120, vouchers: [Self.membersVoucher(now)]))
    }
}
