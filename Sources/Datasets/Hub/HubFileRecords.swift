import Evaluation

/// The records of several files, one file open at a time.
struct HubFileRecords: Sendable {
    let files: [LocalFile]
    /// The word of `builder_name`.
    let builder: String?
    let limit: Int?

    var stream: RecordStream {
        RecordStream {
            let position = Position(files: files[...], builder: builder, left: limit ?? .max)
            return { try await position.next() }
        }
    }

    /// Where a reader stands.
    private actor Position {
        private var files: ArraySlice<LocalFile>
        private let builder: String?
        private var left: Int
        private var pull: RecordStream.Puller?

        init(files: ArraySlice<LocalFile>, builder: String?, left: Int) {
            self.files = files
            self.builder = builder
            self.left = left
        }

        func next() async throws -> DatasetRecord? {
            guard left > 0 else { return nil }
            while true {
                if let record = try await pull?() {
                    left -= 1
                    return record
                }
                guard let file = files.popFirst() else { return nil }
                pull = try HubFileFormat(file, builder: builder).open(file)
            }
        }
    }
}
