/// Requests for synthetic states: for each vague one, a precise one.
enum SyntheticRequests {
    static func requests(_ domain: ProactiveDomain) -> [String] {
        switch domain {
        case .coding: coding
        case .planning: planning
        }
    }

    private static let coding = [
        "Sort my records.",
        """
        Write a Python function `sort_records(records)` that takes a list of dictionaries, each with the keys name and \
        year, as its input and gives as its output a new list, oldest year first and equal years by name. Example: an \
        empty list gives an empty list.
        """,
        "Could you clean up this text somehow?",
        """
        Write a Python function `squeeze(text)` with one argument, a string. It should return the string with every run \
        of blanks replaced by one blank and no blank at either end. Test case: squeeze('  a   b ') gives 'a b'.
        """,
        "Make my script faster, maybe with a cache.",
        """
        Write a class `RecentCache` with a parameter size. Method put(key, value) stores, method get(key) should return \
        the value or None; when there are more than size keys, the one that was used longest ago goes. Both run in \
        constant time, and neither should raise an exception for a missing key.
        """,
        "I need something that checks passwords.",
        """
        Write a Python function `is_strong(password)` whose input is a string and whose output is True when it has at \
        least ten characters, an upper case letter, a lower case letter and a digit, otherwise False. Example: \
        is_strong('Abcdefghi1') is True.
        """,
        "Not sure how, but merge the two files.",
        """
        Write a Python function `merge_sorted(left, right)` that merges two sorted lists of integers. Input: two lists. \
        Output: one sorted list with all elements of both. It should return in linear time. Test case: \
        merge_sorted([1, 4], [2]) gives [1, 2, 4].
        """,
    ]

    private static let planning = [
        "Plan a trip.",
        """
        Plan two days in Lisbon for two adults in May. We arrive on Friday at 10:00 at the airport and leave on \
        Saturday at 20:00. The budget is 300 euros without the hotel. We want one museum, one walk along the river and \
        dinner with fish on both evenings. We do not rent a car. Please give hours for every item as the output.
        """,
        "Could you organize my week?",
        """
        Organize my Monday. I work from 9:00 to 17:00 and have a dentist at 12:30 for an hour, ten minutes on foot from \
        the office. Before 18:00 I must post a parcel; the post office closes then. In the evening I cook for four \
        people and need to buy what is missing on the way home. Give each item a start and an end.
        """,
        "Help me get fit, maybe?",
        """
        Make a running plan of four weeks for somebody who runs three kilometres without a break today and wants to run \
        eight. Three runs a week, on Tuesday, Thursday and Sunday, never more than ten minutes longer than the week \
        before, one week lighter than the others. For example, the first run takes twenty minutes.
        """,
        "We want to move house.",
        """
        Plan a move on the last Saturday of the month from a flat with two rooms on the third floor without a lift to a \
        house twelve kilometres away. Two friends help from 8:00 to 14:00, the van holds fifteen cubic metres and must \
        be back at 16:00. List what has to be done in which week before, and the order of loading on the day.
        """,
    ]
}
