/// Texts written for gage, used where a data directory lacks the official ones.
///
/// Summaries say so.
enum Tau2OwnTexts {
    /// Short policies by folder.
    static let policies = [
        "mock": """
        # Task list

        - A task has a title; its status is `pending` or `completed`, nothing else.
        - Only users who exist can own tasks.
        - Tasks are never deleted. A user who insists is transferred to a human agent.
        - A user who asks for a compliment gets one.
        """,
        "retail": """
        # Online shop

        - First find out who the user is: by email, or by first name, last name and zip code, even when a user id is \
        given. Then serve this one user only.
        - Look things up; never invent orders, products, prices or procedures.
        - Before you change anything, list what you are about to do and wait for a clear yes.
        - One tool call at a time, and no message beside it.
        - A pending order can be cancelled (reason: no longer needed, or ordered by mistake), and its address, its \
        payment method and, once, its items can be changed. New items are other variants of the same product.
        - A delivered order can be returned, or once exchanged for other variants of the same products.
        - A gift card pays only what its balance covers. Refunds go to the original payment method or a gift card.
        - The user's default address can be changed.
        - What you cannot do within these rules you refuse; transfer to a human agent only what needs one.
        """,
    ]

    /// How to play a user.
    static let userGuidelines = """
        # Playing a customer

        You play a customer who contacts customer service. The scenario below says who you are and what you want.

        - Write one message at a time, as a person would: short, natural, in your own words.
        - Stay within the scenario. Tell what you know when it is asked for, not all at once, and do not invent what \
        the scenario does not say.
        - Do not repeat the scenario's wording, and never speak of it.
        - When your wish is fulfilled, or it is clear that it will not be, end with a message that has `###STOP###` in it.
        - When you are handed over to a human, end with `###TRANSFER###`.
        - When the scenario does not say enough to go on, end with `###OUT-OF-SCOPE###`.
        """

    /// How to play a user who has tools.
    static let userToolGuidelines = """


        You also have tools: they are what you can do yourself.

        - Either write a message or call tools, not both at once.
        - Call a tool when the agent asks you to do or look up what it does, and report what it really returned.
        """
}
