public import Evaluation

/// The parameters of the `json` loader.
public struct JSONFileParameters: LocalFileParameters {
    /// The file, gzipped or not; a relative path starts at the run's base directory.
    public var path = ""
    /// The key, or dotted path, of the list of records; not needed where there is only one list.
    public var key: String?
    /// What to say when the file is absent.
    public var missingHint: String?
    /// The largest file that is read into memory, in MiB after unpacking.
    public var maxFileMB = 1024
    var hubKeys = HubKeys()

    /// The defaults.
    public init() {}

    /// The block's keys.
    public static var fields: [ParameterField<Self>] {
        commonFields + [
            .init("key", \.key, "The key or dotted path of the list of records, where the file is an object."),
            .init("max_file_mb", \.maxFileMB, "The largest file that is read into memory, in MiB unpacked.") {
                $0.minimum = 1
                $0.maximum = Double(Mebibytes.largest)
            },
        ]
    }
}
