/// Our ends of a new child's pipes; no input where the child has none, no error where it is merged.
struct ParentPipes: Sendable {
    var input: Descriptor?
    var output: Descriptor
    var error: Descriptor?
}

/// A child that has just been started, on its way to the reactor.
struct NewChild: Sendable {
    let handle: ChildHandle
    let process: SpawnedChild
    let pipes: ParentPipes
    let started: ContinuousClock.Instant
}

/// Makes the pipes that a child needs, or returns nil with `errno` set.
func makePipes(for handle: ChildHandle) -> (ours: ParentPipes, theirs: ChildDescriptors)? {
    let command = handle.command
    guard let output = Descriptor.pipe() else { return nil }
    var ours = ParentPipes(output: output.reading)
    var theirs = ChildDescriptors(input: output.writing, output: output.writing, error: output.writing)
    if !command.mergesStandardError {
        guard let error = Descriptor.pipe() else { return nil }
        ours.error = error.reading
        theirs.error = error.writing
    }
    if case .none = command.input, handle.lines == nil {
        guard let null = Descriptor.nullDevice() else { return nil }
        theirs.input = null
    } else {
        guard let input = Descriptor.pipe() else { return nil }
        ours.input = input.writing
        theirs.input = input.reading
    }
    return (ours, theirs)
}
