import JSON

@testable import Tau

/// Data of our own in the official shapes, for tests that need no official data.
enum SmallDomains {
    static func mock() throws -> MockData {
        try MockData(
            database: [
                "tasks": ["task_1": ["task_id": "task_1", "title": "Water the plants", "status": "pending"]],
                "users": ["user_1": ["user_id": "user_1", "name": "Ada", "tasks": ["task_1"]]],
            ],
            userDatabase: ["notifications": ["n1": ["notification_id": "n1", "message": "Plants are dry."]]])
    }

    static func retail() throws -> RetailData {
        try RetailData(database: [
            "products": [
                "mug": product("mug", "Mug", ["mug-red": 10.06, "mug-blue": 20, "mug-gold": 99.99]),
                "pen": product("pen", "Pen", ["pen-thin": 1.5, "pen-wide": 2.25]),
            ],
            "users": [
                "ada_1": [
                    "user_id": "ada_1", "name": ["first_name": "Ada", "last_name": "Byron"], "address": address,
                    "email": "ada@example.org",
                    "payment_methods": [
                        "gift_card_1": ["source": "gift_card", "id": "gift_card_1", "balance": 50],
                        "credit_card_1": [
                            "source": "credit_card", "id": "credit_card_1", "brand": "visa", "last_four": "1234",
                        ],
                        "paypal_1": ["source": "paypal", "id": "paypal_1"],
                    ],
                    "orders": ["#W1", "#W2"],
                ]
            ],
            "orders": [
                "#W1": order("#W1", "pending", ["mug-red": 10.06, "pen-thin": 1.5], paidWith: "gift_card_1"),
                "#W2": order("#W2", "delivered", ["mug-blue": 20, "pen-wide": 2.25], paidWith: "credit_card_1"),
            ],
        ])
    }

    private static let address: JSONValue = [
        "address1": "1 Mill Lane", "address2": "", "city": "Ely", "country": "UK", "state": "", "zip": "CB7",
    ]

    private static func product(_ id: String, _ name: String, _ prices: KeyValuePairs<String, Double>) -> JSONValue {
        var variants = JSONObject()
        for (item, price) in prices {
            variants[item] = [
                "item_id": .string(item), "options": ["kind": .string(item)], "available": true,
                "price": JSONValue(price),
            ]
        }
        return ["name": .string(name), "product_id": .string(id), "variants": .object(variants)]
    }

    private static func order(
        _ id: String, _ status: String, _ items: KeyValuePairs<String, Double>, paidWith method: String
    ) -> JSONValue {
        let entries = items.map { item, price -> JSONValue in
            let product = String(item.prefix(3))
            return [
                "name": .string(product), "product_id": .string(product), "item_id": .string(item),
                "price": JSONValue(price), "options": [:],
            ]
        }
        let total = items.reduce(0) { $0 + $1.value }
        return [
            "order_id": .string(id), "user_id": "ada_1", "address": address, "items": .array(entries),
            "status": .string(status), "fulfillments": [],
            "payment_history": [
                ["transaction_type": "payment", "amount": JSONValue(total), "payment_method_id": .string(method)]
            ],
        ]
    }

    static func airline() throws -> AirlineData {
        try AirlineData(database: [
            "flights": [
                "HAT001": flight(
                    "HAT001", ("SFO", "JFK"), ("08:00:00", "16:00:00"), ["2024-05-16": 2, "2024-05-17": nil]),
                "HAT002": flight("HAT002", ("JFK", "BOS"), ("17:00:00", "18:00:00"), ["2024-05-16": 5]),
                "HAT003": flight("HAT003", ("SFO", "JFK"), ("23:00:00", "06:00:00+1"), ["2024-05-16": 9]),
            ],
            "users": [
                "ada_1": [
                    "user_id": "ada_1", "name": ["first_name": "Ada", "last_name": "Byron"],
                    "address": ["address1": "1 Mill Lane", "city": "Ely", "country": "UK", "state": "", "zip": "CB7"],
                    "email": "ada@example.org", "dob": "1985-12-10",
                    "payment_methods": [
                        "gift_card_1": ["source": "gift_card", "id": "gift_card_1", "amount": 300],
                        "certificate_1": ["source": "certificate", "id": "certificate_1", "amount": 150],
                        "credit_card_1": [
                            "source": "credit_card", "id": "credit_card_1", "brand": "visa", "last_four": "1234",
                        ],
                    ],
                    "saved_passengers": [], "membership": "gold", "reservations": ["R1"],
                ]
            ],
            "reservations": [
                "R1": [
                    "reservation_id": "R1", "user_id": "ada_1", "origin": "SFO", "destination": "JFK",
                    "flight_type": "one_way", "cabin": "economy",
                    "flights": [
                        [
                            "flight_number": "HAT001", "origin": "SFO", "destination": "JFK", "date": "2024-05-16",
                            "price": 90,
                        ]
                    ],
                    "passengers": [["first_name": "Ada", "last_name": "Byron", "dob": "1985-12-10"]],
                    "payment_history": [["payment_id": "credit_card_1", "amount": 90]],
                    "created_at": "2024-05-01T10:00:00", "total_baggages": 1, "nonfree_baggages": 0,
                    "insurance": "no",
                ]
            ],
        ])
    }

    /// A flight that costs 100 in economy; seats by date, nil for a date on which it is cancelled.
    private static func flight(
        _ number: String, _ route: (String, String), _ times: (String, String), _ dates: KeyValuePairs<String, Int?>
    ) -> JSONValue {
        var entries = JSONObject()
        for (date, seats) in dates {
            entries[date] =
                seats.map { count in
                    [
                        "status": "available",
                        "available_seats": [
                            "business": JSONValue(count), "economy": JSONValue(count), "basic_economy": 0,
                        ],
                        "prices": ["business": 400, "economy": 100, "basic_economy": 50],
                    ]
                } ?? ["status": "cancelled"]
        }
        return [
            "flight_number": .string(number), "origin": .string(route.0), "destination": .string(route.1),
            "scheduled_departure_time_est": .string(times.0), "scheduled_arrival_time_est": .string(times.1),
            "dates": .object(entries),
        ]
    }
}
