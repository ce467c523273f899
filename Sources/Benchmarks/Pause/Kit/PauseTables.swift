import Evaluation
import JSON

/// What the report shows of the section `pause_summary`: figures and conduct, by model and branch.
struct PauseTables {
    let section: JSONObject

    var all: [SummaryTable] { [figures, conduct] }

    private static let shares = [
        ("TC", "TC"), ("TA", "TA"), ("F1", "F1"), ("shopping_score", "shopping"), ("shopping_pid", "products"),
        ("shopping_qty_size", "quantities"), ("shopping_voucher", "voucher"), ("shopping_balance", "balance"),
    ]

    private var figures: SummaryTable {
        SummaryTable(
            title: "PAUSE by model and branch", columns: ["model", "branch", "scored"] + Self.shares.map(\.1),
            rows: groups.map { model, branch, found in
                [model, branch, "\(Self.count(found["scored"])) of \(Self.count(found["planned"]))"]
                    + Self.shares.map { key, _ in found[key]?.doubleValue.map(Self.rounded) ?? "–" }
            })
    }

    private var conduct: SummaryTable {
        SummaryTable(
            title: "How PAUSE's dialogues ended, and what went wrong in them",
            columns: ["model", "branch", "endings", "permission mistakes", "checks that failed", "errors by cause"],
            rows: groups.map { model, branch, found in
                [
                    model, branch, Self.list(found["termination"]), Self.count(found["permission_mistakes"]),
                    Self.list(found["failed_checks"]), Self.list(found["errored"]),
                ]
            })
    }

    /// Every model's figures: all branches first, then each.
    private var groups: [(model: String, branch: String, found: JSONValue)] {
        (section["models"]?.objectValue ?? [:]).flatMap { model, found in
            [(model, "all", found["overall"] ?? [:])]
                + (found["by_branch"]?.objectValue ?? [:]).map { branch, figures in (model, branch, figures) }
        }
    }

    private static func count(_ value: JSONValue?) -> String { value?.text() ?? "0" }

    private static func list(_ counts: JSONValue?) -> String {
        let parts = (counts?.objectValue ?? [:]).map { name, count in "\(name) \(count.text())" }
        return parts.isEmpty ? "–" : parts.joined(separator: ", ")
    }

    /// With three decimals.
    private static func rounded(_ share: Double) -> String {
        let thousandths = Int((share * 1000).rounded())
        let decimals = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }
}
