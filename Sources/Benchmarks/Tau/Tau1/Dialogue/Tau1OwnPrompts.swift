/// Texts written for gage, used where a data directory lacks the official prompts.
enum Tau1OwnPrompts {
    static let texts: [Tau1Prompts.Name: String] = [
        .user: user, .userReact: userReact, .verify: verify, .reflect: reflect, .agentAct: agentAct,
        .agentReact: agentReact,
    ]

    private static let user = """
        You play a customer who talks with a customer service agent.{instruction_display}
        How to play:
        - Write one short message at a time, as the customer would type it.
        - Tell what you know bit by bit: only what this moment of the conversation needs.
        - Stay with the facts of the instruction. What it does not tell you, you do not know; say so when you are asked.
        - Once everything that the instruction wants is done, send the message ###STOP### and nothing beside it.
        - Use words of your own, never those of the instruction.
        - Be a natural customer with the character that the instruction describes.
        """

    private static let userReact = """
        You play a customer who talks with a customer service agent.{instruction_display}
        How to play:
        - First write a Thought: what you want to reach with your next message. The agent is not meant to see it.
        - Then write a User Response: one short message, as the customer would type it. The agent gets to read it.
        - Tell what you know bit by bit: only what this moment of the conversation needs.
        - Stay with the facts of the instruction. What it does not tell you, you do not know; say so when you are asked.
        - Once everything that the instruction wants is done, let the User Response be ###STOP### and nothing beside it.
        - Use words of your own, never those of the instruction.
        - Be a natural customer with the character that the instruction describes.

        Write in this form:

        Thought:
        <your thought>

        User Response:
        <your message to the agent>
        """

    private static let verify = """
        You watch over a conversation between a Customer and an Agent, of which you see a Transcript. The Customer wants \
        to send the Response below. Decide whether it is in order: it fits the conversation and the instructions.
        Answer with the one word true or false.

        # Transcript:
        {transcript}

        # Response:
        {response}

        -----

        Classification:
        """

    private static let reflect = """
        You watch over a conversation between a (simulated) Customer and an Agent, of which you see a Transcript. You found \
        that the Customer's Response below is not in order.
        Write a Reflection on what is wrong, and a new Response that puts it right.

        # Transcript:
        {transcript}

        # Response:
        {response}

        # Format:

        Reflection:
        <your reflection>

        Response:
        <the better message>
        """

    private static let agentAct = """

        # Instruction
        You are the agent. Help the user with the tools above, and keep to the policy above.

        Each of your messages is one action in exactly this form:

        Action:
        {"name": <the action's name>, "arguments": <the action's arguments as JSON>}

        The action is parsed, so write valid JSON with real values, no placeholders.

        Suppose that there were a tool `find_store` with an argument `city`. To look for stores in Lyon you would write:
        Action:
        {"name": "find_store", "arguments": {"city": "Lyon"}}

        To speak to the user, use the action `respond`:
        Action:
        {"name": "respond", "arguments": {"content": "There is a store in the old town."}}
        """

    private static let agentReact = """

        # Instruction
        You are the agent. Help the user with the tools above, and keep to the policy above.

        Each of your messages is a thought and one action in exactly this form:
        Thought:
        <one line about what you know and what to do next>
        Action:
        {"name": <the action's name>, "arguments": <the action's arguments as JSON>}

        The action is parsed, so write valid JSON with real values, no placeholders.

        Suppose that there were a tool `find_store` with an argument `city`. To look for stores in Lyon you would write:
        Thought:
        The user asks for stores in Lyon, so I look them up.
        Action:
        {"name": "find_store", "arguments": {"city": "Lyon"}}

        To speak to the user, use the action `respond`:
        Thought:
        I know the answer.
        Action:
        {"name": "respond", "arguments": {"content": "There is a store in the old town."}}
        """
}
