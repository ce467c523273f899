/// The variables of one block, over those of the blocks around it.
final class Scope: HeapObject {
    let parent: Scope?
    private var names: [String] = []
    private var values: [Value] = []
    /// Whether the heap knows the scope already, because a macro holds it.
    private var isAdopted = false

    init(parent: Scope?) { self.parent = parent }

    /// The value of a variable of this block alone.
    func own(_ name: String) -> Value? {
        // Blocks have few variables, and the newest are looked up most.
        for index in names.indices.reversed() where names[index] == name { return values[index] }
        return nil
    }

    /// The value of a variable of this block or one around it.
    func value(_ name: String) -> Value? {
        var scope: Scope? = self
        while let current = scope {
            if let value = current.own(name) { return value }
            scope = current.parent
        }
        return nil
    }

    func set(_ name: String, to value: Value) {
        if let index = names.firstIndex(of: name) {
            values[index] = value
        } else {
            names.append(name)
            values.append(value)
        }
    }

    /// The names of all variables, those of the blocks around included.
    var visibleNames: [String] { names + (parent?.visibleNames ?? []) }

    /// Hands the scope and those around it to the heap, as something outlives its block that refers to it.
    func adopt(by heap: Heap) {
        var scope: Scope? = self
        while let current = scope, !current.isAdopted {
            current.isAdopted = true
            heap.adopt(current)
            scope = current.parent
        }
    }

    func clear() {
        names.removeAll()
        values.removeAll()
    }
}
