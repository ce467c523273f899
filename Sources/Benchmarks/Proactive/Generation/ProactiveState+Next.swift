extension ProactiveState {
    /// The state after an exchange.
    ///
    /// `endsTurn` says whether a new turn begins; messages within a turn do not count as turns.
    func after(
        _ message: String, _ reaction: UserReaction, endsTurn: Bool, update: UncertaintyUpdate, remembersReject: Bool
    ) -> ProactiveState {
        var next = self
        next.query += "\n\n[Assistant]: \(message)\n[User]: \(reaction.userReply)"
        if endsTurn { next.dialogueTurn += 1 }
        next.prevReject = max(reaction.rejectSignal, remembersReject ? prevReject : 0)
        if reaction.answeredClarification > 0, reaction.answerClarity > 0 {
            next.taskUncertainty = update.applied(to: taskUncertainty, clarity: reaction.answerClarity)
        }
        return next
    }
}
