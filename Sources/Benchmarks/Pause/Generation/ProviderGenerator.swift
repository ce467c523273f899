import JSON

/// Draws the health providers that a user can make appointments with.
struct ProviderGenerator {
    private static let doctors = [
        "Dr. Ingrid Halvorsen", "Dr. Tomas Pereira", "Dr. Leila Farouk", "Dr. Kenji Watanabe", "Dr. Nora Lindqvist",
        "Dr. Samuel Okafor", "Dr. Priya Raman", "Dr. Hugo Marchetti", "Dr. Anya Kowalska", "Dr. Miguel Santoro",
    ]
    private static let clinics = [
        "Harbour Street Practice", "Birch Hill Family Health", "Old Mill Medical House", "Sunfield Clinic",
        "Stonebridge Health Centre", "Willow Park Surgery", "Quayside Medical Rooms", "Hillcrest Care Point",
        "Fern Lane Practice", "Central Station Clinic",
    ]
    private static let streets = [
        "Harbour Street", "Birch Road", "Mill Lane", "Sunfield Avenue", "Stonebridge Row", "Willow Walk", "Quay Street",
        "Hillcrest Drive", "Fern Lane", "Station Square",
    ]

    static func providers(seed: Int, stream: inout PauseStream) -> [JSONObject] {
        let count = stream.integer(in: 3...5)
        let doctors = stream.sample(count, of: doctors)
        let clinics = stream.sample(count, of: clinics)
        let streets = stream.sample(count, of: streets)
        return (0..<count).map { index in
            [
                "provider_id": .string(PauseID.make(.provider, seed: seed, stage: "providers", index: index + 1)),
                "doctor": .string(doctors[index]), "clinic": .string(clinics[index]),
                "address": .string("\(stream.integer(in: 2...180)) \(streets[index])"),
            ]
        }
    }
}
