@P @planned
Feature: What is planned happens at its time
  A session may be planned to begin or to end. Nobody presses a button at that moment: the next who asks finds it done.

  Rule: P1 A scheduled session opens at its time
    From then on people are let in, and the listing shows it.

    @P1 @needs-scheduling @needs-opens-by-itself
    Scenario: a guest comes once the time has come
      Given Ada has scheduled a session that begins soon
      When the planned start has passed
      And Grace joins Ada's room
      Then Grace is inside Ada's session
      And Ada is live with exactly one open session
      And Ada's session is listed as live

    @P1 @needs-scheduling @needs-opens-by-itself
    Scenario: who comes once the time has come is counted as inside
      Given Ada has scheduled a session that begins soon
      And Ada has been told how many people are inside
      When the planned start has passed
      And Grace joins Ada's room
      Then Ada is told of 1 more person inside

    @P1 @needs-scheduling @needs-opens-by-itself
    Scenario: somebody asks for the room once the time has come
      Given Ada has scheduled a session that begins soon
      And Grace is a member
      When the planned start has passed
      And Grace asks for the state of Ada's room
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

    @P1 @needs-scheduling
    Scenario: long before its time nothing opens
      Given Ada is live with Joan as a guest
      And Ada has ended the room
      And Ada has scheduled a session for tomorrow
      And Grace is a member
      When Grace asks for the state of Ada's room
      And Grace tries to join Ada's room
      Then Ada's session is scheduled for when it was asked for
      And Ada's session is listed as upcoming

    @P1 @needs-scheduling
    Scenario: hours before its time nothing opens
      Given Ada has scheduled a session for an hour and a half from now
      And Grace is a member
      When Grace asks for the state of Ada's room
      And Grace tries to join Ada's room
      Then Ada's session is scheduled for when it was asked for
      And Ada's session is listed as upcoming

    @P1 @needs-scheduling
    Scenario: a session that is to open five minutes before its start does not open ten minutes before
      Given Ada has scheduled a session in ten minutes, to open five minutes before
      And Grace is a member
      When Grace asks for the state of Ada's room
      And Grace tries to join Ada's room
      Then Ada's session is scheduled for when it was asked for
      And Ada's session is listed as upcoming

    @P1 @needs-scheduling @needs-opens-by-itself @needs-cancelling
    Scenario: what was cancelled does not open
      Given Ada has scheduled a session that begins soon
      When Ada cancels the session through the gateway
      And the planned start has passed
      And Grace tries to join Ada's room
      Then Ada's room is at rest
      And Ada's session is no longer listed as live

    @P1 @needs-scheduling
    Scenario: the planned start of a session that was ended passes during the next
      Given Ada has scheduled a session that begins soon
      And Ada has ended the room
      When Ada goes live through the gateway
      And the planned start has passed
      And Joan joins Ada's room
      Then Ada stays live in the same session
      And Ada is on air with exactly one open session
      And Joan is inside Ada's session
      And Ada's session is listed as live

    @P1 @needs-scheduling @needs-opens-by-itself
    Scenario: who came too early comes once more when the time has come
      Given Ada has scheduled a session that begins soon
      And Ada has been told how many people are inside
      When Grace tries to join Ada's room
      And the planned start has passed
      And Grace joins Ada's room
      Then Ada is told of 1 more person inside
      And Grace is inside Ada's session

    @P1 @needs-scheduling @needs-opens-by-itself @needs-restart
    Scenario: the gateway restarts before the time has come
      Given Ada has scheduled a session that begins soon
      When the gateway restarts
      And the planned start has passed
      And Grace joins Ada's room
      Then Grace is inside Ada's session
      And Ada is live with exactly one open session
      And Ada's session is listed as live

    @P1 @needs-scheduling @needs-opens-by-itself @needs-database-faults
    Scenario: the database fails when the time has come, and is well again
      Given Ada has scheduled a session that begins soon
      And Grace is a member
      And every write to the rooms of Ada's room fails for a while
      When the planned start has passed
      And Grace asks for the state of Ada's room
      And the database is well again
      And Grace joins Ada's room
      Then Grace is inside Ada's session
      And Ada is live with exactly one open session

    @P1 @browser @needs-scheduling @needs-opens-by-itself
    Scenario: a member looks at the listing when the time comes
      Given Ada has scheduled a session that begins soon
      And Joan has the listing open in the browser
      When the planned start has passed
      And Grace joins Ada's room
      Then Joan sees Ada's session in the listing

    @P1 @H2 @browser @needs-scheduling @needs-opens-by-itself @needs-viewer-updates
    Scenario: the host looks at the room when the time comes
      Given Ada has scheduled a session that begins soon
      And Ada has Ada's room open in the browser
      When the planned start has passed
      And Grace joins Ada's room
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

  Rule: P2 A session is over once its planned end has passed
    The next who asks finds it as complete as an end: nobody inside, off the listing, the room free.

    @P2 @needs-planned-end
    Scenario: somebody asks for the room after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end
    Scenario: a guest comes shortly before the planned end, and it stays the end
      Given Ada is live with Grace as a guest, and a planned end soon
      And Joan has come into Ada's room shortly before the planned end
      When the planned end has passed
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @P2 @needs-planned-end
    Scenario: a guest has lost the connection, and somebody asks for the room after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      And Grace has lost the connection to Ada's room
      When the planned end has passed
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @P2 @needs-planned-end
    Scenario: the host asks which room is theirs after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada asks which room is theirs
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end
    Scenario: somebody asks which sessions the room has had after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      Then Grace is told at once that Ada's session is over, among those that the room has had

    @P2 @needs-planned-end @needs-host-presence
    Scenario: the host announces being there after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada announces being there after the end
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end
    Scenario: the host goes live again after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada goes live through the gateway
      Then Ada is live with exactly one open session
      And the stuck session of Ada is closed and nobody is left inside

    @P2 @needs-planned-end
    Scenario: a guest comes after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Joan tries to join Ada's room
      Then Ada's room is at rest
      And Joan is not inside Ada's session

    @P2 @needs-planned-end
    Scenario Outline: <who> <does> after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And <who> <does> after the end
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

      Examples:
        | who   | does                      |
        | Grace | tries to leave Ada's room |
        | Ada   | tries to put Grace out    |
        | Ada   | announces being away      |

    @P2 @needs-planned-end
    Scenario: the planned end was written by the clock of another time zone
      Given Ada has gone live with a planned end soon, by the clock of Tokyo
      And Grace is a member
      When the planned end has passed
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over

    @P2 @needs-planned-end
    Scenario: before the planned end nothing is over
      Given Ada has gone live with a planned end tomorrow
      When Grace joins Ada's room
      Then Ada is still live in the same session
      And Grace is inside Ada's session

    @P2 @needs-planned-end
    Scenario: minutes before the planned end nothing is over
      Given Ada has gone live with a planned end in a quarter of an hour
      When Grace joins Ada's room
      Then Ada is still live in the same session
      And Grace is inside Ada's session

    @P2 @needs-planned-end
    Scenario: the host ends after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada tries to end the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end @needs-cancelling
    Scenario: the host cancels after the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada tries to cancel Ada's session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end @needs-restart
    Scenario: the gateway restarts before the planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the gateway restarts
      And the planned end has passed
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P2 @needs-planned-end @needs-database-faults
    Scenario: the database fails when the planned end has passed, and is well again
      Given Ada is live with Grace as a guest, and a planned end soon
      And every write to the attendance of Ada's room fails for a while
      When the planned end has passed
      And Grace asks for the state of Ada's room
      And the database is well again
      And Grace asks for the state of Ada's room
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

  Rule: P3 An end takes the place of a planned end
    The session is over when it was ended, not when it was to end.

    @P3 @needs-planned-end
    Scenario: the host ends before the planned end
      Given Ada is live with Grace as a guest, and a planned end tomorrow
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @P3 @needs-planned-end @needs-cancelling
    Scenario: the host cancels before the planned end
      Given Ada is live with Grace as a guest, and a planned end tomorrow
      When Ada cancels the session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @P3 @needs-planned-end @needs-reset
    Scenario: the host resets before the planned end
      Given Ada is live with Grace as a guest, and a planned end tomorrow
      When Ada resets the room by a request
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @P3 @needs-planned-end
    Scenario: the planned end of a session that was ended passes during the next
      Given Ada is live with Grace as a guest, and a planned end soon
      And Ada has ended the room
      When Ada goes live through the gateway
      And the planned end has passed
      And Joan joins Ada's room
      Then Ada stays live in the same session
      And Joan is inside Ada's session
      And Ada's session is listed as live

  Rule: P4 A host whose clock is wrong goes live all the same

    @P4 @browser
    Scenario Outline: the clock of the host's computer is <off>
      Given Ada has a room
      And the clock of Ada's computer is <off>
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session
      And Ada's session is listed as live
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over

      Examples:
        | off               |
        | half an hour slow |

      @needs-wrong-clocks
      Examples: fast
        | off               |
        | two minutes fast  |
        | half an hour fast |
        | two hours fast    |

  Rule: P5 A host goes live wherever their computer is set to be
    Its time zone changes nothing, nor does the language in which it writes numbers, dates and capital letters, nor
    whether it shows what moves on pages.

    @P5 @browser
    Scenario Outline: the host's computer is set to <setting>
      Given Ada has a room
      And Ada's computer is set to <setting>
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session
      And Ada's session is listed as live
      When Ada reloads the page
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session, the stay of everyone inside and the entry ended just now

      Examples:
        | setting                |
        | the time of Kathmandu  |
        | the time of Kiritimati |
        | the time of Honolulu   |
        | Turkish                |
        | Egyptian Arabic        |
        | Thai                   |
        | show movement          |

    @P5 @browser
    Scenario Outline: another member's computer is set to <setting>
      Given Joan's computer is set to <setting>
      When Ada goes live through the gateway
      Then Joan sees Ada's session in the listing, with its title and host

      Examples:
        | setting                |
        | the time of Kiritimati |
        | the time of Honolulu   |
        | Turkish                |
        | Egyptian Arabic        |
