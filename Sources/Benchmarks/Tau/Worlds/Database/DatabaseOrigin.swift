import JSON
import Synchronization

/// Data as they were loaded, shared by every database that began with them.
final class DatabaseOrigin: Sendable {
    /// One top-level field.
    struct Section: Sendable {
        let name: String
        let content: Content
    }

    /// What a top-level field holds.
    enum Content: Sendable {
        /// A dictionary of records, which change one by one.
        case records(JSONObject)
        /// Anything else, which changes as a whole.
        case value(JSONValue)
    }

    /// The model of the whole data, or nil where none is declared.
    let schema: ModelSchema?
    let sections: [Section]
    /// Guards the canonical text and the digest of the unchanged data, made when first asked for.
    private let canonical = Mutex<[DigestForm: CanonicalOrigin]>([:])

    /// Guards the digests of the unchanged data, made when first asked for.
    private let digests = Mutex<[DigestForm: String]>([:])

    init(schema: ModelSchema?, sections: [Section]) {
        self.schema = schema
        self.sections = sections
    }

    /// The canonical text of the unchanged data in a form.
    func canonicalText(in form: DigestForm) -> CanonicalOrigin {
        canonical.withLock { texts in
            if let known = texts[form] { return known }
            let text = CanonicalOrigin(sections, form: form)
            texts[form] = text
            return text
        }
    }

    /// The digest of the unchanged data in a form, which `compute` works out when it is not known.
    func digest(in form: DigestForm, orElse compute: () -> String) -> String {
        if let known = digests.withLock({ $0[form] }) { return known }
        let digest = compute()
        digests.withLock { $0[form] = digest }
        return digest
    }
}
