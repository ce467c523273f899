public import Evaluation

/// Which users meet a state.
public enum PersonaChoice: Sendable, Hashable {
    /// One for all states, by place modulo the number of personas.
    case index(Int)
    /// One for all states, by name.
    case named(String)
    /// Every state meets every persona of its domain.
    case all
    /// One after the other.
    case cycle

    /// Reads a choice: `all`, `cycle`, a place, or a name.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a name that nobody has.
    public init(_ text: String) throws(EvaluationError) {
        switch text {
        case "all": self = .all
        case "cycle": self = .cycle
        default:
            if let place = Int(text), place >= 0 {
                self = .index(place)
                return
            }
            let names = ProactiveDomain.allCases.flatMap { Persona.standard($0).map(\.name) }
            guard names.contains(text) else {
                throw EvaluationError(
                    .configurationInvalid, "there is no persona '\(text)'", cause: .configuration,
                    advice: NearMiss.advice(text, among: names + ["all", "cycle"])
                        ?? "choose all, cycle, 0 to 2, or one of \(names.joined(separator: ", "))")
            }
            self = .named(text)
        }
    }

    /// The users that meet the state at a place of the data set.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a named persona of another domain.
    public func personas(for state: ProactiveState, at place: Int) throws(EvaluationError) -> [Persona] {
        let standard = Persona.standard(state.domain)
        switch self {
        case .all: return standard
        case .cycle: return [standard[place % standard.count]]
        case .index(let index): return [standard[index % standard.count]]
        case .named(let name):
            if let persona = standard.first(where: { $0.name == name }) { return [persona] }
            throw EvaluationError(
                .configurationInvalid, "'\(name)' is no persona of the domain \(state.domain.rawValue)",
                cause: .configuration,
                advice: "it has \(standard.map(\.name).joined(separator: ", "))")
        }
    }
}
