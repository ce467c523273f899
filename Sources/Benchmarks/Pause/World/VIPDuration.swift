/// How long a membership lasts.
public enum VIPDuration: String, Sendable, CaseIterable {
    /// Thirty days.
    case oneMonth = "1_month"
    /// Ninety days.
    case threeMonths = "3_months"
    /// 365 days.
    case oneYear = "1_year"

    /// What it costs.
    public var price: Double {
        switch self {
        case .oneMonth: 20
        case .threeMonths: 50
        case .oneYear: 150
        }
    }

    /// How many days it lasts.
    public var days: Int {
        switch self {
        case .oneMonth: 30
        case .threeMonths: 90
        case .oneYear: 365
        }
    }
}
