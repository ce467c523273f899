import FoundationEssentials
import JSON

@testable import Tau

/// Small data of both environments' form, written for these tests, in a folder of their own.
struct OwnTau1Data: ~Copyable {
    let root: String

    init() throws {
        root = FileManager.default.temporaryDirectory.path + "/gage-tau1-\(UUID().uuidString)"
        for name in Tau1DomainName.allCases {
            let folder = "\(root)/\(name.rawValue)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (file, json) in Self.files(of: name) {
                try Data(json.bytes(.pretty)).write(to: URL(filePath: "\(folder)/\(file)"))
            }
            try Data("Be helpful, and follow the rules of \(name.rawValue).".utf8)
                .write(to: URL(filePath: "\(folder)/policy.md"))
        }
    }

    deinit {
        // A folder that stays behind harms nobody.
        try? FileManager.default.removeItem(atPath: root)
    }

    func domain(_ name: Tau1DomainName) throws -> Tau1Domain {
        try Tau1Domain(name, in: Tau1DataDirectory(root: root, domain: name))
    }

    func write(_ json: JSONValue, to file: String) throws {
        try Data(json.bytes(.pretty)).write(to: URL(filePath: "\(root)/\(file)"))
    }

    private static func files(of name: Tau1DomainName) -> [(String, JSONValue)] {
        let tools = Tau1World.toolkit(of: name).tools.map { tool -> JSONValue in
            var properties = JSONObject()
            for parameter in tool.parameters { properties[parameter.name] = ["type": "string"] }
            return [
                "type": "function",
                "function": [
                    "name": .string(tool.name), "description": "A tool.",
                    "parameters": [
                        "type": "object", "properties": .object(properties),
                        "required": .array(tool.parameters.map { .string($0.name) }),
                    ],
                ],
            ]
        }
        let common: [(String, JSONValue)] = [
            ("tools.json", .array(tools)), ("rules.json", []), ("terminate_tools.json", ["transfer_to_human_agents"]),
        ]
        return common + (name == .retail ? retail : airline)
    }

    private static let retail: [(String, JSONValue)] = [
        ("tasks_test.json", [cancelTask, totalTask]),
        ("tasks_dev.json", [cancelTask]),
        ("users.json", ["ann_lee_1": ann]),
        ("products.json", ["100": lamp]),
        ("orders.json", ["#W1": order("#W1", "pending"), "#W2": order("#W2", "delivered")]),
    ]

    private static let cancelTask: JSONValue = [
        "user_id": "ann_lee_1", "instruction": "You are Ann Lee and want to cancel #W1, which you ordered by mistake.",
        "actions": [
            ["name": "get_order_details", "kwargs": ["order_id": "#W1"]],
            ["name": "cancel_pending_order", "kwargs": ["order_id": "#W1", "reason": "ordered by mistake"]],
        ],
        "outputs": [],
    ]

    private static let totalTask: JSONValue = [
        "user_id": "ann_lee_1", "instruction": "You are Ann Lee and want to know what #W2 has cost, and the colour.",
        "actions": [], "outputs": ["1020.5", "Red"],
    ]

    private static let ann: JSONValue = [
        "name": ["first_name": "Ann", "last_name": "Lee"],
        "address": [
            "address1": "1 Hill", "address2": "", "city": "Town", "country": "USA", "state": "TX", "zip": "00001",
        ],
        "email": "ann@example.com",
        "payment_methods": [
            "gift_card_1": ["source": "gift_card", "balance": 60, "id": "gift_card_1"],
            "paypal_1": ["source": "paypal", "id": "paypal_1"],
        ],
        "orders": ["#W1", "#W2"],
    ]

    private static let lamp: JSONValue = [
        "name": "Lamp", "product_id": "100",
        "variants": [
            "1": ["item_id": "1", "options": ["colour": "red"], "available": true, "price": 1020.5],
            "2": ["item_id": "2", "options": ["colour": "blue"], "available": true, "price": 1030.6],
            "3": ["item_id": "3", "options": ["colour": "grey"], "available": false, "price": 5.0],
        ],
    ]

    private static func order(_ id: String, _ status: String) -> JSONValue {
        [
            "order_id": .string(id), "user_id": "ann_lee_1", "address": ann["address"] ?? .null,
            "items": [
                ["name": "Lamp", "product_id": "100", "item_id": "1", "price": 1020.5, "options": ["colour": "red"]],
                ["name": "Lamp", "product_id": "100", "item_id": "1", "price": 1020.5, "options": ["colour": "red"]],
            ],
            "fulfillments": [], "status": .string(status),
            "payment_history": [
                ["transaction_type": "payment", "amount": 2041.0, "payment_method_id": "gift_card_1"]
            ],
        ]
    }

    private static let airline: [(String, JSONValue)] = [
        (
            "tasks_test.json",
            [
                [
                    "user_id": "bob_ray_1", "instruction": "You are Bob Ray and want one more bag on R00001.",
                    "actions": [
                        [
                            "name": "update_reservation_baggages",
                            "kwargs": [
                                "reservation_id": "R00001", "total_baggages": 1, "nonfree_baggages": 1,
                                "payment_id": "gift_card_2",
                            ],
                        ]
                    ],
                    "outputs": [],
                ]
            ]
        ),
        (
            "users.json",
            [
                "bob_ray_1": [
                    "name": ["first_name": "Bob", "last_name": "Ray"], "reservations": ["R00001"],
                    "payment_methods": [
                        "gift_card_2": ["source": "gift_card", "amount": 400, "id": "gift_card_2"],
                        "certificate_2": ["source": "certificate", "amount": 300, "id": "certificate_2"],
                        "credit_card_2": ["source": "credit_card", "id": "credit_card_2"],
                    ],
                ]
            ]
        ),
        (
            "flights.json",
            [
                "HAT001": flight("HAT001", "JFK", "ORD", "22:00:00", "01:00:00+1"),
                "HAT002": flight("HAT002", "ORD", "SEA", "09:00:00", "12:00:00"),
            ]
        ),
        (
            "reservations.json",
            [
                "R00001": [
                    "reservation_id": "R00001", "user_id": "bob_ray_1", "origin": "JFK", "destination": "ORD",
                    "flight_type": "one_way", "cabin": "economy",
                    "flights": [
                        [
                            "origin": "JFK", "destination": "ORD", "flight_number": "HAT001", "date": "2024-05-09",
                            "price": 80,
                        ]
                    ],
                    "passengers": [["first_name": "Bob", "last_name": "Ray", "dob": "1980-01-01"]],
                    "payment_history": [["payment_id": "gift_card_2", "amount": 80]],
                    "created_at": "2024-05-01T00:00:00", "total_baggages": 0, "nonfree_baggages": 0,
                    "insurance": "no",
                ]
            ]
        ),
    ]

    private static func flight(
        _ number: String, _ origin: String, _ destination: String, _ departure: String, _ arrival: String
    ) -> JSONValue {
        let seats: JSONValue = ["basic_economy": 1, "economy": 2, "business": 0]
        let day: JSONValue = [
            "status": "available", "available_seats": seats,
            "prices": ["basic_economy": 50, "economy": 100, "business": 300],
        ]
        return [
            "flight_number": .string(number), "origin": .string(origin), "destination": .string(destination),
            "scheduled_departure_time_est": .string(departure), "scheduled_arrival_time_est": .string(arrival),
            "dates": ["2024-05-09": day, "2024-05-10": day, "2024-05-11": ["status": "cancelled"]],
        ]
    }
}
