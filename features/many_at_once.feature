@C @race
Feature: Many at once
  Several clicks, several tabs, several hosts: what happens at the same moment must leave what would have been left had
  it happened one after the other.

  Rule: C1 Of many Go Lives at the same moment exactly one succeeds
    The others are refused with the conflict; there is one open session, and the room points to it.

    @C1
    Scenario: five requests at once, several times over
      Given Ada has a room
      When Ada goes live 5 times at the same moment, in 5 rounds
      Then in every round exactly one Go Live of Ada succeeded and the others met the conflict
      And Ada is live with exactly one open session

    @C1 @needs-database-faults
    Scenario: five requests meet in the database
      Given Ada has a room
      When Ada goes live 5 times at the same moment while the room is held
      Then exactly one Go Live of Ada succeeded and the others met the conflict
      And Ada is live with exactly one open session

  Rule: C2 A double click makes one session
    The control can't be pressed while a request is under way.

    @C2 @browser
    Scenario: the host double-clicks
      Given Ada has a room
      When Ada double-clicks Go Live in the browser
      Then Ada is live with exactly one open session
      And Ada has had 1 session, and no other comes

    @C2 @browser
    Scenario: a request is under way when the second click comes
      Given Ada has a room
      And the gateway is slow when Ada goes live
      When Ada double-clicks Go Live in the browser and waits
      And Ada presses Enter in the form meanwhile
      Then Ada can't press Go Live meanwhile
      When all is well again for Ada
      Then Ada is live with exactly one open session
      And Ada has had 1 session, and no other comes

    @C2 @browser @needs-page-reset
    Scenario: a stuck room is being reset when the second click comes
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      And the data API is slow when Ada resets the room
      When Ada double-clicks Go Live in the browser, and the room is being reset
      Then Ada can't press Go Live meanwhile
      When all is well again for Ada
      Then Ada is live with exactly one open session

  Rule: C3 Go Live against End Room leaves one of the two outcomes
    Whichever of the two comes first, and each is told what has become of the room.

    @C3
    Scenario: both at the same moment, from a room that is live
      Given Ada is live with Grace as a guest
      When Ada goes live and ends the room at the same moment
      Then Ada's room is at rest, or live with exactly one open session
      And what Ada was told is what has become of the room

    @C3
    Scenario: both at the same moment, from a room at rest
      Given Ada has a room
      When Ada goes live and ends the room at the same moment
      Then Ada's room is at rest, or live with exactly one open session
      And what Ada was told is what has become of the room

    @C3 @needs-database-faults
    Scenario Outline: one behind the other, where Ada, who <is>, <acts>
      Given Ada <is>
      When Ada <acts> while the room is held
      Then Ada's room is at rest, or live with exactly one open session
      And what Ada was told is what has become of the room

      Examples:
        | acts                             | is                            |
        | ends the room and then goes live | is live with Grace as a guest |
        | goes live and then ends the room | is live with Grace as a guest |
        | ends the room and then goes live | has a room                    |
        | goes live and then ends the room | has a room                    |

    @C3 @needs-database-faults
    Scenario Outline: an end, a Go Live, and behind both the host <acts>
      Given Ada is live with Grace as a guest
      When Ada ends the room, goes live again and then <acts> while the room is held
      Then Ada's room is at rest, or live with exactly one open session

      @needs-cancelling
      Examples:
        | acts                |
        | cancels the session |

      @needs-reset
      Examples:
        | acts            |
        | resets the room |

  Rule: C4 An idempotency key that is sent again gives the same session

    @C4 @needs-idempotency
    Scenario: the request is repeated
      Given Ada has a room
      When Ada goes live twice with the same idempotency key
      Then both times Ada was given the same session
      And Ada is live with exactly one open session

    @C4 @needs-idempotency @needs-database-faults
    Scenario: the request is repeated before the first is answered
      Given Ada has a room
      When Ada goes live twice at the same moment with the same idempotency key while the room is held
      Then both times Ada was given the same session
      And Ada is live with exactly one open session

    @C4 @needs-idempotency @needs-restart
    Scenario: the request is repeated after the gateway has restarted
      Given Ada has a room
      When Ada goes live twice with the same idempotency key, and the gateway restarts in between
      Then both times Ada was given the same session
      And Ada is live with exactly one open session

    @C4 @needs-idempotency
    Scenario: the request is repeated after the session has ended
      Given Ada has gone live with an idempotency key
      And Ada has ended the room
      When Ada sends the same Go Live once more
      Then nothing that was tried broke
      And nothing about Ada's room has changed

    @C4 @needs-idempotency @needs-cancelling
    Scenario: the request is repeated after the session was cancelled
      Given Ada has gone live with an idempotency key
      And Ada has cancelled the session
      When Ada sends the same Go Live once more
      Then nothing that was tried broke
      And nothing about Ada's room has changed

    @C4 @needs-idempotency
    Scenario: the next session has another key, which begins alike
      Given Ada has gone live with an idempotency key
      And Ada has ended the room
      When Ada goes live with another key, which begins alike
      Then Ada is live with exactly one open session

    @C4 @needs-idempotency
    Scenario: another host sends the same key
      Given Ada has a room
      And Mary has a room
      When Ada and Mary go live with the same idempotency key
      Then Ada is live with exactly one open session
      And Mary is live with exactly one open session

    @C4 @needs-idempotency
    Scenario: somebody else sends the host's request, with its key
      Given Ada has gone live with an idempotency key
      And Mallory is live
      When Mallory sends Ada's Go Live once more
      Then Mallory is turned away
      And nothing about Ada's room has changed

  Rule: C5 Two hosts at once don't touch each other

    @C5
    Scenario: two hosts go live at the same moment
      Given Ada has a room
      And Mary has a room
      When Ada and Mary go live at the same moment
      Then Ada is live with exactly one open session
      And Mary is live with exactly one open session
      And of these rooms exactly those of Ada and Mary are live and listed as live

    @C5 @needs-database-faults
    Scenario: two hosts go live, and both are under way before either is carried out
      Given Ada has a room
      And Mary has a room
      When Ada and Mary go live at the same moment while all rooms are held
      Then Ada is live with exactly one open session
      And Mary is live with exactly one open session
      And of these rooms exactly those of Ada and Mary are live and listed as live

    @C5 @needs-database-faults
    Scenario: one host goes live while another has to wait
      Given Ada has a room
      And Mary has a room
      When Mary goes live while Ada's Go Live waits for a room that is held
      Then Ada is live with exactly one open session
      And Mary is live with exactly one open session
      And of these rooms exactly those of Ada and Mary are live and listed as live

    @C5
    Scenario: one host ends while another is live
      Given Mary is live with Grace as a guest
      And Ada is live
      When Ada ends the room 3 times at the same moment
      Then nothing about Mary's room has changed

  Rule: C6 Whoever comes while the room ends is not left inside
    The guest is let in and out again, or is not let in.

    @C6
    Scenario: a guest comes at the same moment, several times over
      Given Ada is live
      When Grace joins while Ada ends the room, in 5 rounds
      Then Ada's room is at rest
      And nobody is left inside any session of Ada

    @C6 @needs-database-faults
    Scenario: a guest comes one behind the other
      Given Ada is live
      When Grace joins before Ada ends the room, while the room is held
      Then Ada's room is at rest
      And nobody is left inside any session of Ada

    @C6 @needs-database-faults
    Scenario: a guest comes behind an end that stands still
      Given Ada is live
      When Grace joins after Ada has begun to end the room, which stands still meanwhile
      Then Ada's room is at rest
      And nobody is left inside any session of Ada

    @C6 @needs-database-faults
    Scenario Outline: a guest comes, and behind that the host <acts>
      Given Ada is live
      When Grace joins and behind that Ada <acts>, while the room is held
      Then Ada's room is at rest
      And nobody is left inside any session of Ada

      @needs-cancelling
      Examples:
        | acts                |
        | cancels the session |

      @needs-reset
      Examples:
        | acts            |
        | resets the room |

  Rule: C7 A Go Live that meets trouble on its way is no second session, and can be pressed again
    Nothing has changed where it was not carried out, and the page says that it failed. Where it was carried out and its
    answer was lost, the host is live at the latest with the next press.

    @C7 @browser
    Scenario Outline: the gateway <trouble> when the host goes live
      Given Ada has a room
      And the gateway <trouble> when Ada goes live
      When Ada tries to go live in the browser
      Then the page tells Ada that going live failed
      And nothing about Ada's room has changed
      And Ada can press Go Live again
      When all is well again for Ada
      And Ada presses Go Live again
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

      Examples:
        | trouble                       |
        | answers 429                   |
        | answers 500                   |
        | answers 502                   |
        | answers 200 with another page |
        | refuses the connection        |
        | breaks off the connection     |

    @C7 @browser
    Scenario: a page on which a Go Live has failed begins nothing later
      Given Ada has a room
      And Ada's pages are on a clock a quarter of an hour late
      And the gateway answers 500 when Ada goes live
      When Ada tries to go live in the browser
      Then the page tells Ada that going live failed
      When all is well again for Ada
      And Ada loses the network
      And Ada has the network back
      And a quarter of an hour passes on Ada's page
      Then nothing about Ada's room has changed
      And Ada's room is at rest

    @C7 @browser @needs-page-reset
    Scenario Outline: the gateway <trouble> when the host goes live after a reset
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      And the gateway <trouble> when Ada goes live after a reset
      When Ada tries to go live in the browser
      Then the page tells Ada that going live failed
      And Ada can press Go Live again
      When all is well again for Ada
      And Ada presses Go Live again
      Then Ada is live with exactly one open session

      Examples:
        | trouble                |
        | answers 503            |
        | refuses the connection |

    @C7 @needs-database-faults
    Scenario Outline: the database fails a Go Live when it writes the <relation>
      Given Ada has a room
      And every write to the <relation> of Ada's room fails
      When Ada tries to go live through the gateway
      Then Ada is live with exactly one open session, or nothing has changed

      Examples:
        | relation |
        | rooms    |
        | sessions |

    @C7 @browser
    Scenario: the host reloads the page while a Go Live is under way
      Given Ada has a room
      And the gateway is slow when Ada goes live
      When Ada presses Go Live and reloads the page at once
      Then Ada's room is at rest, or live with exactly one open session
      When all is well again for Ada
      And Ada goes live in the browser
      Then Ada is live with exactly one open session

    @C7 @browser
    Scenario: the gateway starts the session and its answer is lost
      Given Ada has a room
      And the gateway loses its answer when Ada goes live
      When Ada tries to go live in the browser
      And all is well again for Ada
      And Ada presses Go Live again if it has failed
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

    @C7 @browser
    Scenario: the gateway starts the session, and a proxy has given up waiting for it
      Given Ada has a room
      And the gateway takes too long for its proxy when Ada goes live
      When Ada tries to go live in the browser
      And all is well again for Ada
      And Ada presses Go Live again if it has failed
      Then Ada is live with exactly one open session
      And Ada's session is listed as live
