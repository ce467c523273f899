/// The rules of work that hold for every AppWorld agent, in our words.
enum PromptRules {
    /// How to work.
    static func conduct(steps: Int) -> String {
        """
        How to work:

        - Nobody answers questions. Decide everything yourself and carry the task through to its end.
        - You may use all accounts. Passwords, addresses and payment cards are kept by the supervisor app.
        - Look things up. Never make up ids, tokens, names or amounts, and never leave a placeholder in a call.
        - Where the task leaves a choice open, any valid choice will do.
        - Change only what the task asks for. Everything else that you change counts against you.
        - Friends, relatives, room-mates and colleagues are contacts in the phone app.
        - Take the date and time from the phone app, not from what you remember. There is one time zone. A day goes from \
        00:00:00 to 23:59:59.
        - Files are those of the file_system app, not of the machine.
        - A call that returns pages returns one page at a time. Read all pages before you count or choose.
        - You have \(steps) turns. Do not waste them.
        """
    }

    /// How to end; `call` is how the completing interface is called.
    static func completion(call: String) -> String {
        """
        How to end:

        - When the task is done, call \(call). Without that call the task does not count.
        - If the task asks for information, pass it as `answer`: only the value, no sentence. Write numbers in digits.
        - If the task asks for no information, leave `answer` out.
        - If you are sure that it cannot be done, pass `status="fail"`.
        """
    }
}
