import Evaluation

/// Which release of SWE-bench Pro a data set is: it decides where images come from and what is expected of the data.
///
/// Figures: the data set's own card and the official repository, September 2026.
enum Edition: String, ParameterChoice, CaseIterable {
    /// The 731 public instances of the first release.
    case v1
    /// The 642 instances of the second.
    case v2
    /// The 51 hard ones of the second.
    case v2Hard = "v2-hard"

    /// How many instances the whole edition has.
    var instanceCount: Int {
        switch self {
        case .v1: 731
        case .v2: 642
        case .v2Hard: 51
        }
    }

    /// The registry account that holds the second edition's images, one image an instance.
    static let secondImageRepository = "ghcr.io/scaleapi/swe-bench_pro-v2"
}
