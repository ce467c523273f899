import Evaluation
import JSON

/// What a reply costs: by the configured price, else as the provider says, else by the built-in table.
struct ModelPricing: Sendable {
    private let configured: ModelPrice?
    private let builtIn: ModelPrice?

    init(_ settings: HTTPModelSettings, host: String) {
        configured = settings.price
        // A model of the same name on another server has another price.
        let isProvidersOwn = host == settings.provider.strictHost
        builtIn =
            isProvidersOwn
            ? PriceTable.builtIn.price(of: settings.model, provider: settings.provider.name) : nil
    }

    func cost(of usage: Usage?, reported: JSONValue?) -> Double? {
        if let configured { return usage.flatMap(configured.cost) }
        if let reported = reported?.doubleValue, reported.isFinite, reported >= 0 { return reported }
        guard let usage, let builtIn else { return nil }
        return builtIn.cost(of: usage)
    }
}
