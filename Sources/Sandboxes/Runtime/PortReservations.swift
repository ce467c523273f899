/// Which ports of the machine the sandboxes of this process have asked the engine for by number.
actor PortReservations {
    private var taken: Set<Int> = []

    /// Takes ports, or none of them when another sandbox has one.
    func take(_ ports: Set<Int>) -> Bool {
        guard taken.isDisjoint(with: ports) else { return false }
        taken.formUnion(ports)
        return true
    }

    /// Gives ports back.
    func giveBack(_ ports: Set<Int>) { taken.subtract(ports) }
}
