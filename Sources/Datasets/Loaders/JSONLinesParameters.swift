public import Evaluation

/// The parameters of the `jsonl` loader.
public struct JSONLinesParameters: LocalFileParameters {
    /// The file, gzipped or not; a relative path starts at the run's base directory.
    public var path = ""
    /// What to say when the file is absent.
    public var missingHint: String?
    /// The longest line that is taken, in MiB.
    public var maxRecordMB = 64
    var hubKeys = HubKeys()

    /// The defaults.
    public init() {}

    /// The block's keys.
    public static var fields: [ParameterField<Self>] {
        commonFields + [
            .init("max_record_mb", \.maxRecordMB, "The longest line that is taken, in MiB.") {
                $0.minimum = 1
                $0.maximum = Double(Mebibytes.largest)
            }
        ]
    }
}
