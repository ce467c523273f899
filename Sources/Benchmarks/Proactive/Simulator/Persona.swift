public import Evaluation
public import JSON

/// How much of something a person has.
public enum PersonaLevel: String, Sendable, Hashable, CaseIterable {
    /// Little.
    case low
    /// Some.
    case mid
    /// Much.
    case high

    /// The level as a number: .3, .6 or .9.
    public var value: Double {
        switch self {
        case .low: 0.3
        case .mid: 0.6
        case .high: 0.9
        }
    }
}

/// A kind of user: how well he can say what he wants, and how long he bears being asked.
public struct Persona: Sendable, Hashable {
    /// The name that files carry.
    public var name: String
    /// What he asks for.
    public var domain: ProactiveDomain
    /// How clear his answers are.
    public var expertise: PersonaLevel
    /// How likely he is to answer at all.
    public var patience: PersonaLevel

    /// Describes a kind of user.
    public init(name: String, domain: ProactiveDomain, expertise: PersonaLevel, patience: PersonaLevel) {
        self.name = name
        self.domain = domain
        self.expertise = expertise
        self.patience = patience
    }

    /// The three personas of a domain, in the order in which `--persona_idx` counts them.
    public static func standard(_ domain: ProactiveDomain) -> [Persona] {
        switch domain {
        case .coding:
            [
                Persona(name: "Novice-Learner", domain: .coding, expertise: .low, patience: .high),
                Persona(name: "Busy-Developer", domain: .coding, expertise: .mid, patience: .low),
                Persona(name: "Experienced-Engineer", domain: .coding, expertise: .high, patience: .mid),
            ]
        case .planning:
            [
                Persona(name: "Busy-Manager", domain: .planning, expertise: .mid, patience: .low),
                Persona(name: "Curious-Student", domain: .planning, expertise: .low, patience: .high),
                Persona(name: "Seasoned-Organizer", domain: .planning, expertise: .high, patience: .mid),
            ]
        }
    }

    /// The persona as trajectories hold it.
    public var json: JSONObject {
        [
            "name": .string(name), "domain": .string(domain.rawValue), "expertise": .string(expertise.rawValue),
            "patience": .string(patience.rawValue),
        ]
    }

    /// Reads what ``json`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `task`).
    public init(json: JSONValue) throws(EvaluationError) {
        guard let name = json["name"]?.stringValue,
            let domain = json["domain"]?.stringValue.flatMap(ProactiveDomain.init(rawValue:)),
            let expertise = json["expertise"]?.stringValue.flatMap(PersonaLevel.init(rawValue:)),
            let patience = json["patience"]?.stringValue.flatMap(PersonaLevel.init(rawValue:))
        else {
            throw EvaluationError(
                .dataMalformed, "\(json.text()) is no persona", cause: .task,
                advice: "a persona is {name, domain, expertise, patience} with levels low, mid and high")
        }
        self.init(name: name, domain: domain, expertise: expertise, patience: patience)
    }
}
