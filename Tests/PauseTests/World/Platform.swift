import Evaluation
import JSON

@testable import Pause

/// A world for tests, with one source on every day but two, and calls in one line.
struct Platform {
    var world: PauseWorld

    /// The store of these tests: always the same user.
    static let store: PauseStore? = {
        do {
            var store = try PauseStore.build(StoreSettings(seed: 7))
            let days = store.meta.days
            store.profile.sourceAssignment = days.enumerated().map { index, day in
                (day, index == 3 || index == 4 ? "missing" : index < 20 ? "fitbit" : "oura")
            }
            store.profile.json["system_settings"] = [
                "marketplaces": [
                    ["source": "fitbit", "connected": true], ["source": "oura", "connected": false],
                ],
                "devices": [
                    ["device_id": "fitbit_versa_3", "source": "fitbit", "type": "watch"],
                    ["device_id": "oura_ring_gen3", "source": "oura", "type": "ring"],
                ],
                "permissions": [
                    "allow_raw_data_access": false, "allow_user_notes_access": false, "allow_purchase": false,
                    "allow_med_assistant": false,
                ],
            ]
            return store
        } catch {
            return nil
        }
    }()

    init(_ options: PauseWorldOptions = PauseWorldOptions(), catalog: ProductCatalog = .standard) throws {
        guard let store = Self.store else { throw PauseException(.value, "the store of the tests cannot be built") }
        world = PauseWorld(store: store, options: options, catalog: catalog)
    }

    /// The text of a day of the store.
    func day(_ index: Int) -> String { world.store.meta.dateRange.lowerBound.advanced(by: index).description }

    /// The arguments of a range of days.
    func range(_ first: Int, _ last: Int) -> JSONObject {
        ["start_date": .string(day(first)), "end_date": .string(day(last))]
    }

    /// What the assistant gets for a call.
    @discardableResult
    mutating func assistant(_ tool: String, _ arguments: JSONObject = [:]) -> PauseToolOutcome {
        world.call(tool, arguments: arguments, by: .agent)
    }

    /// What the user gets for a call.
    @discardableResult
    mutating func user(_ tool: String, _ arguments: JSONObject = [:]) -> PauseToolOutcome {
        world.call(tool, arguments: arguments, by: .user)
    }

    mutating func grant(_ permissions: PausePermission...) {
        for permission in permissions { world.store.profile.set(permission, to: true) }
    }

    mutating func makeMember() { world.store.profile.shopping.wallet.isVIP = true }
}
