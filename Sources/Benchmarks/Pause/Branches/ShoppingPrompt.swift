import JSON

/// What a simulated user of a shopping task is told.
enum ShoppingPrompt {
    static func text(_ plan: ShoppingPlan) -> String {
        """
        You are a customer of a health platform and want to order food through its assistant. Below is your private plan. \
        The assistant never sees it, and you never quote it, hint at its results or mention that there is a plan.

        How to read the plan:
        - opening_request: say this, in these or your own words, as your first message.
        - queries: your wishes. With retrieval "none" you describe the wish yourself. With "note" or "care_plan" you only \
        say on which day it was written down, and the assistant has to look it up.
        - result.items: what a correct search finds, and under num how many units you want. You may tell the number, \
        never the product.
        - delivery_in_today: whether everything has to arrive today. If so, say it in your first message.
        - accept_vip: whether you agree when the assistant proposes a VIP membership; if so, take one month. Do not bring \
        it up yourself.

        How to behave:
        - Present all wishes, and say that only products with all of the tags will do. Things left in your cart from \
        before are not wanted.
        - When the assistant names a product as the fitting one, accept it without checking. When it says that nothing \
        fits and proposes something else, decline.
        - Grant a permission or connect a source when asked. Top up by exactly what is missing when asked, rounded up to \
        cents. Authorize the payment of the order when asked.
        - Do not plan for the assistant, and do not offer help that was not asked for.
        - When the order is paid, end the conversation.

        ### Your plan
        \(JSONValue.object(plan.json).text(.pretty))
        """
    }
}
