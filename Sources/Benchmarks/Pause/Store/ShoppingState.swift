import Evaluation
public import JSON

/// A line of the cart.
public struct CartLine: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// The product.
    public var productID: String
    /// The size of the pack.
    public var size: String
    /// How many packs.
    public var quantity: Int

    /// Describes a line.
    public init(id: String, productID: String, size: String, quantity: Int) {
        self.id = id
        self.productID = productID
        self.size = size
        self.quantity = quantity
    }

    /// Reads an entry of `shopping.cart`.
    ///
    /// Throws ``EvaluationError``, cause `task`.
    public init(json: JSONObject) throws {
        let fields = PauseFields(json, of: "a line of the cart")
        id = try fields.text("cart_item_id")
        productID = try fields.text("product_id")
        size = try fields.text("size")
        quantity = try fields.integer("quantity")
    }

    /// The entry of `shopping.cart`.
    public var json: JSONObject {
        [
            "cart_item_id": .string(id), "product_id": .string(productID), "size": .string(size),
            "quantity": .init(quantity),
        ]
    }
}

/// The shop's state for a user: wallet, cart and transactions.
public struct ShoppingState: Sendable, Hashable {
    /// Money, membership and vouchers.
    public var wallet: Wallet
    /// The cart.
    public var cart: [CartLine]
    /// Orders and memberships, with the internal facts about vouchers that the assistant does not see.
    public var transactions: [JSONObject]

    /// Describes a state.
    public init(wallet: Wallet, cart: [CartLine] = [], transactions: [JSONObject] = []) {
        self.wallet = wallet
        self.cart = cart
        self.transactions = transactions
    }

    /// Reads the object under `shopping`.
    ///
    /// Throws ``EvaluationError``, cause `task`.
    public init(json: JSONObject) throws {
        wallet = try Wallet(json: json["wallet"]?.objectValue ?? [:])
        cart = try (json["cart"]?.arrayValue ?? []).map { try CartLine(json: $0.objectValue ?? [:]) }
        transactions = (json["transactions"]?.arrayValue ?? []).compactMap(\.objectValue)
    }

    /// The object under `shopping`.
    public var json: JSONObject {
        [
            "wallet": .object(wallet.json), "cart": .array(cart.map { .object($0.json) }),
            "transactions": .array(transactions.map { .object($0) }),
        ]
    }
}

extension PauseProfile {
    /// The shop's state for this user.
    public var shopping: ShoppingState {
        get {
            // What both initializers have checked can be read; a caller who breaks it gets an empty shop.
            (try? ShoppingState(json: json["shopping"]?.objectValue ?? [:]))
                ?? ShoppingState(wallet: Wallet(balance: 0))
        }
        set { json["shopping"] = .object(newValue.json) }
    }
}
