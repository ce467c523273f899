public import JSON

extension TraceSpan {
    /// The span as OTLP's JSON encoding has it.
    func otlp(in trace: TraceID.Trace) -> JSONValue {
        var object: JSONObject = ["traceId": .string(trace.text), "spanId": .string(id.text)]
        if let parent { object["parentSpanId"] = .string(parent.text) }
        object["name"] = .string(name)
        object["kind"] = JSONValue(kind.rawValue)
        object["startTimeUnixNano"] = .string(Self.nanoseconds(start))
        object["endTimeUnixNano"] = .string(Self.nanoseconds(max(start, end)))
        object["attributes"] = OTLP.attributes(attributes)
        // 2 says that it failed; nothing is said of what did not.
        object["status"] = failure.map { ["code": 2, "message": .string($0)] } ?? [:]
        return .object(object)
    }

    private static func nanoseconds(_ seconds: Double) -> String {
        let whole = seconds.rounded(.down)
        let rest = ((seconds - whole) * 1e9).rounded(.down)
        guard whole >= 0, whole < 9e9 else { return "0" }
        return "\(UInt64(whole) * 1_000_000_000 + UInt64(rest))"
    }
}

/// OTLP's JSON encoding, as far as traces need it.
public enum OTLP {
    /// Spans of one trace with what made them: one message, or one line of a file.
    public static func message(_ spans: [TraceSpan], of trace: TraceID.Trace, resource: JSONObject) -> JSONValue {
        let scope: JSONValue = ["name": "gage", "version": resource["service.version"] ?? ""]
        return [
            "resourceSpans": [
                [
                    "resource": ["attributes": attributes(resource)],
                    "scopeSpans": [["scope": scope, "spans": .array(spans.map { $0.otlp(in: trace) })]],
                ]
            ]
        ]
    }

    /// Attributes as OTLP's list of keys and typed values.
    static func attributes(_ object: JSONObject) -> JSONValue {
        .array(object.compactMap { key, value in self.value(value).map { ["key": .string(key), "value": $0] } })
    }

    private static func value(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .null: nil
        case .bool: ["boolValue": value]
        case .int(let number): ["intValue": .string("\(number)")]
        case .number: ["doubleValue": value]
        case .string: ["stringValue": value]
        case .array(let items): ["arrayValue": ["values": .array(items.compactMap(self.value))]]
        case .object: ["stringValue": .string(value.text())]
        }
    }
}
