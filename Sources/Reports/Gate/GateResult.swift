public import JSON

/// What a gate said about a run.
public struct GateResult: Sendable {
    /// Everything that was asked, in the policy's order.
    public let checks: [GateCheck]
    let policy: GatePolicy
    let run: ComparedRun
    let baseline: ComparedRun?

    /// The worst of the checks: a failure before an open question.
    public var verdict: GateVerdict {
        if checks.contains(where: { $0.verdict == .fail }) { return .fail }
        return checks.contains { $0.verdict == .inconclusive } ? .inconclusive : .pass
    }

    /// The result as JSON: `{schema_version, verdict, policy, run, baseline, checks}`.
    public var json: JSONValue {
        [
            "schema_version": "gage/gate-result/v1", "verdict": .string(verdict.rawValue),
            "policy": policy.name.map(JSONValue.string) ?? .null, "run": run.json,
            "baseline": baseline?.json ?? .null, "checks": .array(checks.map(\.json)),
        ]
    }

    /// The result as lines for a terminal, none wider than it.
    public func lines(on terminal: Terminal) -> [String] {
        func wrapped(_ text: String, indent: Int) -> [String] {
            let lines = TextWrap.lines(VisibleText.oneLine(text), width: max(20, terminal.width - indent))
            return lines.map { String(repeating: " ", count: indent) + $0 }
        }
        var lines: [String] = []
        for check in checks {
            let name = check.name.map { "\($0): " } ?? ""
            lines.append(terminal.styled(check.verdict.rawValue.uppercased(), Self.style(check.verdict)))
            lines += wrapped("\(name)\(check.subject), \(check.limit): \(check.reason)", indent: 2)
        }
        let against = baseline.map { " against \($0.name)" } ?? ""
        let counts = GateVerdict.allCases.map { verdict in
            "\(checks.count { $0.verdict == verdict }) \(verdict.rawValue)"
        }
        lines.append("")
        lines.append(terminal.styled(verdict.rawValue.uppercased(), Self.style(verdict)))
        return lines
            + wrapped("\(policy.name ?? "gate"): \(run.name)\(against), \(counts.joined(separator: ", "))", indent: 2)
    }

    private static func style(_ verdict: GateVerdict) -> Terminal.Style {
        switch verdict {
        case .pass: .green
        case .fail: .red
        case .inconclusive: .yellow
        }
    }
}
