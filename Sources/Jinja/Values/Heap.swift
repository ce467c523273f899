/// Something that may hold values, itself among them.
protocol HeapObject: AnyObject {
    /// Lets go of every value that the object holds.
    func clear()
}

/// Everything that rendering a template has made and that may hold values.
///
/// Templates can build circles (`xs.append(xs)`) and chains of any length. The heap keeps all of it until rendering is
/// over and then empties one object after the other, so nothing leaks and nothing is freed recursively.
final class Heap {
    private var objects: [any HeapObject] = []

    func adopt(_ object: some HeapObject) {
        objects.append(object)
    }

    func clear() {
        for object in objects { object.clear() }
        objects.removeAll()
    }
}
