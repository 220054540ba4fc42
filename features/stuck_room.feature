@R @stuck
Feature: A stuck room recovers
  A room got stuck when its session ended and the room did not learn of it. Its host was then refused with a conflict at
  every Go Live, for ever. Now one attempt is enough.

  Rule: R1 A host whose room is stuck goes live from the page in one attempt
    The conflict is noticed, the stuck session is reset, a new session is made and the viewer opens.

    @R1 @R2 @T1 @seed @browser
    Scenario Outline: the host goes live from a room stuck in <status> with <pointer>
      Given Ada's room is stuck in <status> with <pointer>, and Grace inside
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And the stuck session of Ada is closed and nobody is left inside
      And Ada's session is listed as live

      @smoke
      Examples: the one that was reported most
        | status | pointer          |
        | lobby  | an ended session |

      Examples: the session is over
        | status    | pointer             |
        | scheduled | an ended session    |
        | live      | an ended session    |
        | cancelled | an ended session    |
        | ended     | an ended session    |
        | lobby     | a cancelled session |
        | scheduled | a cancelled session |
        | live      | a cancelled session |
        | cancelled | a cancelled session |
        | ended     | a cancelled session |

      Examples: the session was abandoned hours ago
        | status    | pointer              |
        | lobby     | an abandoned session |
        | scheduled | an abandoned session |
        | live      | an abandoned session |
        | cancelled | an abandoned session |

    @R1 @T1 @seed @browser
    Scenario Outline: the host goes live from a room stuck in <status> with <pointer>, nobody inside
      Given Ada's room is stuck in <status> with <pointer>, and Grace inside
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

      Examples:
        | status    | pointer           |
        | lobby     | no session        |
        | scheduled | no session        |
        | live      | no session        |
        | cancelled | no session        |
        | ended     | no session        |
        | lobby     | a missing session |
        | scheduled | a missing session |
        | live      | a missing session |
        | cancelled | a missing session |

    @R1 @browser
    Scenario Outline: the host goes live from a room stuck in <status> with <pointer>, and nothing else is left
      Given Ada's room is stuck in <status> with <pointer>, and nothing else is left
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

      Examples:
        | status    | pointer             |
        | lobby     | an ended session    |
        | live      | no session          |
        | cancelled | a cancelled session |

    @R1 @T1 @seed @browser @needs-conflict-notice
    Scenario: the page says that it retries
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      When Ada goes live in the browser
      Then the page has told Ada that it retries

    @R1 @browser @needs-conflict-notice
    Scenario: the page speaks of no retry where nothing is stuck
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live in the browser
      Then the page has told Ada of no retry

    @R1 @browser @needs-conflict-notice
    Scenario: the page speaks of no retry in the session after a recovery
      Given Ada's room is stuck in live with an ended session, and Grace inside
      When Ada goes live in the browser
      And Ada ends the room in the browser
      And Ada goes back to the listing by a link and goes live from there
      Then the page has told Ada of no retry

  Rule: R3 Over HTTP a room that is not idle is refused or healed, never broken
    A refusal is the documented conflict and changes nothing at all. Which of the two it is, the target declares.

    @R3
    Scenario Outline: Go Live on a room stuck in <status> with <pointer>
      Given Ada's room is stuck in <status> with <pointer>, and Grace inside
      When Ada tries to go live through the gateway
      Then Ada meets the conflict and nothing has changed, or is live with one open session

      Examples:
        | status    | pointer              |
        | lobby     | an ended session     |
        | live      | an abandoned session |
        | scheduled | no session           |
        | live      | no session           |
        | cancelled | a cancelled session  |
        | ended     | an ended session     |

    @R3 @smoke
    Scenario: Go Live on a room that is live
      Given Ada is live with Grace as a guest
      When Ada tries to go live through the gateway
      Then Ada meets the conflict and nothing has changed, or is live with one open session

  Rule: R4 A recovery touches nobody else
    Another host's room, session, attendance and listing entry stay as they are.

    @R4 @browser
    Scenario: another host is live, a third is stuck, while a stuck room recovers
      Given Mary is live with Grace as a guest
      And Edith's room is stuck in live with an abandoned session, and Grace inside
      And Ada's room is stuck in live with an abandoned session, and Grace inside
      When Ada goes live in the browser
      Then nothing about Mary's room has changed
      And nothing about Edith's room has changed

  Rule: R5 An orphaned session neither keeps the host from going live nor stays open
    The room is idle, but a session of it was never closed. Over HTTP the target may refuse, as a conflict that changes
    nothing; the page gets the host in all the same.

    @R5 @browser
    Scenario: the host goes live from the page
      Given Ada's room is idle with an orphaned open session, and Grace inside
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And the stuck session of Ada is closed and nobody is left inside

    @R5 @browser
    Scenario: the host goes live from the page, and the idle room still points to a session that is over
      Given Ada's room is idle and still points to a session that is over
      When Ada goes live in the browser
      Then Ada is live with exactly one open session

    @R5
    Scenario: the host goes live through the gateway
      Given Ada's room is idle with an orphaned open session, and Grace inside
      When Ada tries to go live through the gateway
      Then Ada meets the conflict and nothing has changed, or is live and the orphaned session is closed

    @R5
    Scenario Outline: the host goes live through the gateway, and what was left behind is <status>
      Given Ada's room is idle with a <status> session left behind, and Grace inside
      When Ada tries to go live through the gateway
      Then Ada meets the conflict and nothing has changed, or is live and the orphaned session is closed

      Examples:
        | status    |
        | lobby     |
        | scheduled |

  Rule: R6 When the reset itself fails, the page says so and nothing has changed
    Go Live can be pressed again, and works once the trouble is over.

    @R6 @browser @needs-page-reset
    Scenario Outline: the reset <trouble>
      Given Ada's room is stuck in lobby with an abandoned session, and Grace inside
      And the data API <trouble> when Ada resets the room
      When Ada tries to go live in the browser
      Then the page tells Ada that going live failed
      And nothing about Ada's room has changed
      And Ada can press Go Live again
      When all is well again for Ada
      And Ada presses Go Live again
      Then Ada is live with exactly one open session

      Examples:
        | trouble                   |
        | answers 500               |
        | refuses the connection    |
        | breaks off the connection |

    @R6 @browser @needs-page-reset @needs-database-faults
    Scenario Outline: the database fails the reset when it writes the <relation>
      Given Ada's room is stuck in live with an abandoned session, and Grace inside
      And every write to the <relation> of Ada's room fails
      When Ada tries to go live in the browser
      Then the page tells Ada that going live failed
      And nothing about Ada's room has changed
      And Ada can press Go Live again

      Examples:
        | relation   |
        | rooms      |
        | sessions   |
        | attendance |

  Rule: R7 Nobody but the host can reset a room

    @R7 @needs-reset
    Scenario Outline: <who> tries to reset the stuck room of somebody else
      Given Ada's room is stuck in live with an abandoned session, and Grace inside
      And Mallory is a member
      When <who> tries to reset the room of Ada by a request
      Then <who> was told nothing
      And nothing about Ada's room has changed

      Examples:
        | who     |
        | Grace   |
        | Mallory |

    @R7
    Scenario: a stranger goes live in the stuck room of somebody else
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      And Mallory is a member
      When Mallory tries everything on Ada's room through the gateway
      Then Mallory was refused every time
      And nothing about Ada's room has changed

  Rule: R8 Recovery works twice in a row

    @R8 @browser
    Scenario: the room gets stuck again
      Given Ada's room is stuck in lobby with an abandoned session, and Grace inside
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      Given Ada's room is stuck again in live with an ended session
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

    @R8 @browser
    Scenario: the room gets stuck again, and the host loads nothing anew
      Given Ada's room is stuck in lobby with an abandoned session, and Grace inside
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      Given Ada's room is stuck again in live with an ended session
      When Ada goes back to the listing by a link and goes live from there
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

  Rule: R9 A recovered room ends as cleanly as any other

    @R9 @browser
    Scenario: the host recovers and ends
      Given Ada's room is stuck in lobby with an abandoned session, and Grace inside
      When Ada goes live in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

  Rule: R10 A reset by itself leaves the room as an end would
    Also where no new session follows: the session is over, nobody is inside, the entry is gone.

    @R10 @needs-reset
    Scenario: the host of a live room resets it
      Given Ada is live with Grace as a guest
      When Ada resets the room by a request
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @R10 @needs-reset
    Scenario: the host of a stuck room resets it
      Given Ada's room is stuck in live with an abandoned session, and Grace inside
      When Ada resets the room by a request
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @R10 @needs-reset
    Scenario: the host of a stuck room, of which nothing else is left over, resets it
      Given Ada's room is stuck in lobby with an ended session, and nothing else is left
      When Ada resets the room by a request
      Then Ada's room is at rest

    @R10 @needs-reset @needs-scheduling
    Scenario: the host resets a room with a session for tomorrow
      Given Ada has scheduled a session for tomorrow
      When Ada resets the room by a request
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @R10 @needs-reset @needs-lobby
    Scenario: the host resets a room with a session in the lobby
      Given Ada has a session in the lobby with Grace waiting
      When Ada resets the room by a request
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @R10 @needs-reset
    Scenario: the host of a room that is full of people resets it
      Given Ada is live with Grace as a guest
      And 60 more guests are inside Ada's session
      When Ada resets the room by a request
      Then nobody is left inside Ada's session of 62 people
