import Evaluation
import Glibc
import JSON

/// What there is of a file whose download was begun: the bytes in `<file>.part`, and what they belong to beside it.
struct PartialFile: Sendable {
    /// The path of the bytes.
    let path: String
    private let notes: String

    init(of destination: String) {
        path = destination + ".part"
        notes = destination + ".part.json"
    }

    /// How many bytes of this URL's file are there, and the tag of the version they are from.
    func begun(_ url: String) -> (count: Int, tag: String)? {
        // Notes that cannot be read are those of a process that was killed while it wrote them: begin again.
        guard let count = DatasetFiles.size(path), count > 0, let known = try? DatasetFiles.json(notes),
            known["url"]?.stringValue == url, let tag = known["etag"]?.stringValue
        else { return nil }
        return (count, tag)
    }

    /// Notes which version of the file the bytes to come are from.
    func note(url: String, tag: String) throws(EvaluationError) {
        try DatasetFiles.writeAtomically(
            JSONValue.object(["url": .string(url), "etag": .string(tag)]).bytes(), to: notes)
    }

    /// Forgets what is there.
    func discard() {
        unlink(path)
        unlink(notes)
    }

    /// Makes the bytes the file itself.
    func complete(as destination: String) throws(EvaluationError) {
        try DatasetFiles.move(path, to: destination)
        unlink(notes)
        DatasetFiles.synchronizeDirectory(of: destination)
    }
}
