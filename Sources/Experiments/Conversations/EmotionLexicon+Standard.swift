extension EmotionLexicon {
    /// The text of `config/experiments/emotion_lexicon.yaml`, so that a binary without its files scores the same.
    public static let standardText = """
        # Words and phrases by which the analysis of an experiment recognises an emotion in a user's messages. gage has this
        # same file compiled in; name a changed copy with --lexicon of `gage experiment analyze`.
        #
        # Matching: lower case, whole words, apostrophes alike; a word that ends in '*' matches every word with that beginning.
        # At any place the longest phrase counts, once. Punctuation and capitals belong to no emotion; they are counted apart.
        #
        # Phrases that occur in the prompt of any variant of the experiment are taken out before scoring: only what the prompt
        # did not say is evidence. (What the prompts quote is scored separately, as 'prompted'.)
        version: 1

        emotions:
          - name: frustration
            phrases:
              - frustrat*
              - annoy*
              - irritat*
              - exasperat*
              - tiresome
              - fed up
              - sick of
              - tired of
              - sick and tired
              - ridiculous
              - pointless
              - waste of time
              - wasting my time
              - so complicated
              - so difficult
              - so slow
              - taking so long
              - taking forever
              - waiting forever
              - been waiting
              - hurry up
              - come on
              - seriously
              - already told you
              - already said
              - already gave you
              - just told you
              - how many times
              - once again
              - every single time
              - every time
              - last time
              - yet again
              - runaround
              - run around in circles
              - going in circles
              - can we just
              - just get it done
              - get on with it
              - enough already
              - for the third time

          - name: anxiety
            phrases:
              - anxi*
              - worr*
              - nervous
              - scared
              - afraid
              - frighten*
              - panick*
              - uneasy
              - on edge
              - stress*
              - overthinking
              - are you sure
              - are you certain
              - is it safe
              - will it work
              - am i doing this right
              - did i do something wrong
              - did i do that right
              - what if
              - what happens if
              - just to be sure
              - just to make sure
              - to be on the safe side
              - double check
              - please confirm
              - can you confirm
              - please reassure
              - promise me
              - do you promise
              - i'm not sure
              - i don't want to lose
              - don't want anything to go wrong
              - go wrong
              - goes wrong
              - mistake
              - oh no
              - oh dear
              - please be careful
              - sorry to ask again
              - one more time to be sure

          - name: anger
            phrases:
              - angry
              - anger*
              - furious
              - livid
              - outraged
              - fuming
              - mad at
              - disgrac*
              - disgust*
              - appalling
              - unacceptable
              - inexcusable
              - incompeten*
              - useless
              - pathetic
              - shameful
              - terrible service
              - awful service
              - worst service
              - worst company
              - rip off
              - ripped off
              - scam
              - how dare you
              - don't you dare
              - i demand
              - i'm demanding
              - right this minute
              - this instant
              - your manager
              - a manager
              - someone in charge
              - escalate
              - compensation
              - compensate
              - make this right
              - your fault
              - your mess
              - no more excuses
              - stop making excuses
              - excuses
              - had it with
              - i've had enough
              - lawyer
              - complaint

          - name: confusion
            phrases:
              - confus*
              - puzzl*
              - bewilder*
              - baffl*
              - perplex*
              - lost here
              - i'm lost
              - don't understand
              - do not understand
              - didn't understand
              - don't get it
              - don't follow
              - not following
              - not sure what you mean
              - not sure i understand
              - what do you mean
              - what does that mean
              - what does this mean
              - what is that
              - what's that
              - what's a
              - how does that work
              - how do i
              - can you explain
              - could you explain
              - explain that
              - explain it
              - in simple terms
              - in simpler terms
              - simpler words
              - too much information
              - too many options
              - over my head
              - makes no sense
              - doesn't make sense
              - not good with computers
              - not a computer person
              - wait what
              - which one is it
              - i thought you said
              - i thought you meant
              - huh
              - hmm

        """
}
