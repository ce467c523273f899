import JSON

extension Phone {
    /// What the SIM card is, in words.
    var simDescription: String {
        switch simStatus {
        case .active: "Your SIM card is active and working."
        case .missing: "No SIM card detected in the phone."
        case .lockedByPIN: "The SIM card is locked with a PIN code."
        case .lockedByPUK: "The SIM card is locked with a PUK code."
        }
    }

    /// Puts the SIM card back in and searches.
    ///
    /// Throws an assertion without a text where the card's own status is that it is missing.
    mutating func insertSIM() throws(PythonException) {
        self[.simCardMissing] = false
        try searchNetwork()
        guard simStatus != .missing else { throw PythonException(.assertionError, "") }
    }

    /// Takes the SIM card out and searches.
    mutating func removeSIM() throws(PythonException) {
        self[.simCardMissing] = true
        try searchNetwork()
    }

    /// Locks the SIM card by `pin` or `puk` and searches; no tool unlocks it.
    mutating func lockSIM(_ mode: JSONValue) throws(PythonException) {
        if mode == "pin" {
            device["sim_card_status"] = SIMStatus.lockedByPIN.json
        } else if mode == "puk" {
            device["sim_card_status"] = SIMStatus.lockedByPUK.json
        }
        try searchNetwork()
    }
}
