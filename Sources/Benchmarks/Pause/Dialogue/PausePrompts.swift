import Evaluation
import JSON

/// What models are told, in words of our own.
enum PausePrompts {
    /// The first thing that every assistant says.
    static let greeting = "Hello, I am your personal health assistant. What can I do for you today?"

    /// The assistant's instructions: the time, the rules, the platform, and in preparation the branch's policy.
    static func assistant(now: DayTime, policy: String?) -> String {
        var parts = ["Now it is \(now.description), \(now.day.weekdayName).", assistantRules, platform]
        if let policy, !policy.trimmingBlanks.isEmpty { parts.append("## Policy for this kind of request\n\(policy)") }
        return parts.joined(separator: "\n\n")
    }

    /// Guidance for a repeated attempt, for the assistant alone.
    static func guidance(_ text: String) -> String {
        """
        ## Confidential advice
        An earlier attempt at this request went wrong. Follow this advice in what you do, and neither repeat nor mention \
        it to anyone:
        \(text)
        """
    }

    /// The user's instructions for every task but those of the shop, whose instruction is the whole role already.
    static func user(task: PauseTask, isShopping: Bool) -> String {
        isShopping ? task.instruction : "\(userRules)\n\n## Your situation\n\(task.instruction)"
    }

    /// What a user says instead of calling a tool that is not the user's.
    static func clarification(tools: [String]) -> String {
        "I am not sure which of my own tools you mean. I can call \(tools.joined(separator: ", ")). "
            + "Please tell me which of these I should use, and with what."
    }

    private static let assistantRules = """
        ## How you work
        - You help one user with wearable data, health records and the food shop of the platform. Everything that you \
        say about the user's data comes from a tool that you called in this conversation; never guess a number.
        - In each turn either call tools or speak to the user, not both. Finish what you can do alone before you speak.
        - Dates are YYYY-MM-DD, times YYYY-MM-DDTHH:MM:SS. Ask when a date or an amount is unclear.
        - Change or delete records only when the user wants it. Say plainly what you did and what you could not do.
        - A result with an error is information: read its code and act on it.
        - Some tools belong to the user alone: connecting a source, permissions, topping up the wallet, authorizing a \
        payment, the spending limit. Never call them. Ask for the one call that you need, name the tool and its \
        arguments, and wait. Ask for no permission that you do not need.
        """

    private static let platform = """
        ## The platform
        - Wearable data come from sources such as watches and rings. A day shows data only when the source that was worn \
        on it is connected; a day without data was either not worn or belongs to a source that is not connected. Look at \
        the settings, and ask the user to connect one more source at a time.
        - Tools of a source appear after get_source_features, medical tools after get_med_features. Raw data, notes, \
        purchases and the medical assistant need the user's permission; medical tools and sport recommendations need a \
        VIP membership besides.
        - In the shop, put products into the cart, prepare one order with the best voucher, and let the user authorize \
        its transaction. A membership is bought the same way. When the balance is too small, tell the user how much is \
        missing.
        """

    private static let userRules = """
        You play a person who talks to a health assistant. Rules of the role:
        - Say only what your situation says, a little at a time, in plain words. Invent nothing. Never mention that you \
        follow instructions.
        - You have tools of your own for your account: call one when the assistant asks for exactly that, and only then. \
        In each turn either speak or call tools.
        - You do not do the assistant's work, and you do not tell it which of its tools to use.
        - When all that you want is done, or it has become clear that it cannot be done, answer with \
        \(PauseToken.stop) and nothing after it.
        """
}
