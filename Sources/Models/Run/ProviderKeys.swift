/// The keys of model providers in an environment.
public enum ProviderKeys {
    /// The values of the variables in which backends look for their keys.
    public static func values(in environment: [String: String]) -> [String] {
        Set(KnownProvider.all.flatMap(\.keyVariables)).compactMap { environment[$0] }
    }
}
