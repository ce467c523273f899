public import Evaluation

/// The parameters of the `csv` loader.
public struct CSVParameters: LocalFileParameters {
    /// The file, gzipped or not; a relative path starts at the run's base directory.
    public var path = ""
    /// The character between fields: ASCII, neither a quote nor a line break.
    public var delimiter = ","
    /// The columns' names where the first row is not a header.
    public var columns: [String] = []
    /// The columns whose text is JSON; all others are text.
    public var jsonColumns: [String] = []
    /// What to say when the file is absent.
    public var missingHint: String?
    /// The longest row that is taken, in MiB.
    public var maxRecordMB = 64
    var hubKeys = HubKeys()

    /// The defaults.
    public init() {}

    var delimiterByte: UInt8 {
        delimiter == "\\t" ? UInt8(ascii: "\t") : delimiter.utf8.first ?? UInt8(ascii: ",")
    }

    /// The block's keys.
    public static var fields: [ParameterField<Self>] {
        commonFields + [
            .init("delimiter", \.delimiter, "The character between fields; `\\t` stands for a tab."),
            .init("columns", \.columns, "The columns' names where the first row is not a header."),
            .init("json_columns", \.jsonColumns, "The columns whose text is JSON; all others are text."),
            .init("max_record_mb", \.maxRecordMB, "The longest row that is taken, in MiB.") {
                $0.minimum = 1
                $0.maximum = Double(Mebibytes.largest)
            },
        ]
    }

    /// Checks the delimiter.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let isOne = delimiter == "\\t" || delimiter.utf8.count == 1
        if isOne, delimiterByte < 0x80, !"\"\r\n".utf8.contains(delimiterByte) { return }
        diagnostics.error(
            "the delimiter has to be one ASCII character, neither a quote nor a line break",
            at: node["delimiter"] ?? node)
    }
}
