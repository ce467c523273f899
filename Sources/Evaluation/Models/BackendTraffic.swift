public import JSON

/// What a run's calls to one backend came to: how many, how long they took, and how many were made at a time.
///
/// Kept per session of a run. Times are in seconds.
public struct BackendTraffic: Sendable, Hashable {
    /// How long answered calls took.
    public struct Latency: Sendable, Hashable {
        /// Half of them took no longer.
        public var median = 0.0
        /// Nineteen of twenty took no longer.
        public var p95 = 0.0
        /// The longest.
        public var longest = 0.0

        /// No call.
        public init() {}
    }

    /// How many calls at a time were allowed.
    public struct Concurrency: Sendable, Hashable {
        /// At the end; nil where nothing limits it.
        public var final: Int?
        /// The fewest.
        public var least: Int?
        /// The most.
        public var most: Int?
        /// Whether the limit followed what the endpoint could bear.
        public var isAdaptive = false

        /// No limit.
        public init() {}
    }

    /// A moment at which the limit changed.
    public struct Point: Sendable, Hashable {
        /// Seconds since the session began.
        public var time: Double
        /// Calls at a time that were allowed from then on.
        public var limit: Int
        /// Calls that were under way.
        public var inFlight: Int
        /// Why: `start`, `raise`, `429`, `503`, `latency`, `header` or `manual`.
        public var reason: String

        /// Describes a moment.
        public init(time: Double, limit: Int, inFlight: Int, reason: String) {
            self.time = time
            self.limit = limit
            self.inFlight = inFlight
            self.reason = reason
        }
    }

    /// The backend's id.
    public var backend: String
    /// Calls made, repetitions included.
    public var requests = 0
    /// Calls answered.
    public var answered = 0
    /// Repetitions of failed calls.
    public var retried = 0
    /// Calls that the endpoint refused for load.
    public var throttled = 0
    /// Calls that a cache or a cassette answered; they are not among the requests.
    public var cached = 0
    /// Tokens of requests and replies, as far as the backend says.
    public var tokens = 0
    /// The price in US dollars, as far as prices are known.
    public var cost = 0.0
    /// Answers whose price is not known.
    public var unpriced = 0
    /// How old the session was when this was said.
    public var sessionSeconds = 0.0
    /// How long callers waited for their turns, summed.
    public var waitSeconds = 0.0
    /// How long answered calls took.
    public var latency = Latency()
    /// Calls at a time.
    public var concurrency = Concurrency()
    /// How the limit went; thinned out where there was much to say.
    public var history: [Point] = []

    /// No call.
    public init(backend: String) { self.backend = backend }
}

extension BackendTraffic {
    /// The figures as journals and summaries have them.
    public var json: JSONObject {
        [
            "backend": .string(backend), "requests": JSONValue(requests), "answered": JSONValue(answered),
            "retried": JSONValue(retried), "throttled": JSONValue(throttled), "cached": JSONValue(cached),
            "tokens": JSONValue(tokens), "cost": JSONValue(cost), "unpriced": JSONValue(unpriced),
            "session_seconds": JSONValue(sessionSeconds), "wait_seconds": JSONValue(waitSeconds),
            "latency_seconds": [
                "p50": JSONValue(latency.median), "p95": JSONValue(latency.p95), "max": JSONValue(latency.longest),
            ],
            "concurrency": [
                "final": Self.json(concurrency.final), "least": Self.json(concurrency.least),
                "most": Self.json(concurrency.most), "adaptive": .bool(concurrency.isAdaptive),
            ],
            "history": .array(history.map(\.json)),
        ]
    }

    /// Reads figures from a journal; what is missing counts as nothing.
    public init(json object: JSONObject) {
        func count(_ key: String) -> Int { object[key]?.intValue ?? 0 }
        self.init(backend: object["backend"]?.stringValue ?? "")
        (requests, answered, retried) = (count("requests"), count("answered"), count("retried"))
        (throttled, cached) = (count("throttled"), count("cached"))
        (tokens, unpriced) = (count("tokens"), count("unpriced"))
        cost = object["cost"]?.doubleValue ?? 0
        sessionSeconds = object["session_seconds"]?.doubleValue ?? 0
        waitSeconds = object["wait_seconds"]?.doubleValue ?? 0
        latency.median = object["latency_seconds"]?["p50"]?.doubleValue ?? 0
        latency.p95 = object["latency_seconds"]?["p95"]?.doubleValue ?? 0
        latency.longest = object["latency_seconds"]?["max"]?.doubleValue ?? 0
        concurrency.final = object["concurrency"]?["final"]?.intValue
        concurrency.least = object["concurrency"]?["least"]?.intValue
        concurrency.most = object["concurrency"]?["most"]?.intValue
        concurrency.isAdaptive = object["concurrency"]?["adaptive"]?.boolValue ?? false
        history = (object["history"]?.arrayValue ?? []).map(Point.init(json:))
    }

    private static func json(_ count: Int?) -> JSONValue { count.map { JSONValue($0) } ?? .null }
}

extension BackendTraffic.Point {
    var json: JSONValue {
        [
            "t": JSONValue(time), "limit": JSONValue(limit), "in_flight": JSONValue(inFlight),
            "why": .string(reason),
        ]
    }

    init(json: JSONValue) {
        self.init(
            time: json["t"]?.doubleValue ?? 0, limit: json["limit"]?.intValue ?? 0,
            inFlight: json["in_flight"]?.intValue ?? 0, reason: json["why"]?.stringValue ?? "")
    }
}
