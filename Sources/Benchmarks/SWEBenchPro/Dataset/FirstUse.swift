import Synchronization

/// Something that is read when it is first needed, and once.
///
/// A configuration is in order although the data that it names are still to be fetched; what is missing is said when a run
/// begins.
final class FirstUse<Value: Sendable>: Sendable {
    private let read: @Sendable () throws -> Value
    /// Protects the value, and lets one caller read while others wait.
    private let known = Mutex<Value?>(nil)

    init(_ read: @escaping @Sendable () throws -> Value) { self.read = read }

    /// The value; throws what reading it throws, each time anew.
    var value: Value {
        get throws {
            try known.withLock { known in
                if let known { return known }
                let value = try read()
                known = value
                return value
            }
        }
    }
}
