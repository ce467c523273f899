/// Whether a variant's users showed its emotion.
public enum ManipulationVerdict: String, Sendable, Hashable {
    /// Its held-out words are more frequent than the control's, and not by chance.
    case demonstrated
    /// They are not, or chance may have done it: what the outcomes say about the emotion is not known.
    case notDemonstrated = "not demonstrated"
    /// The variant has no emotion to show.
    case notApplicable = "not applicable"
    /// The conversations were not looked at, or the lexicon does not know the emotion.
    case notChecked = "not checked"
}
