@E @end
Feature: Ending a room is complete and lasts
  Rooms could not be used again because an end left something behind: the pointer to the session, the session itself,
  the people inside, the host's presence, the entry in the listing.

  Rule: E1 After End Room the room is at rest
    It is idle, has no current session, and no host is present.

    @E1 @T2 @seed @smoke @browser
    Scenario: the host ends the room from the page
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @E1 @smoke
    Scenario: the host ends the room through the gateway
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's room is at rest

    @E1 @browser
    Scenario: a guest comes in when the host is about to end the room from the page
      Given Ada is live with Grace as a guest, and has her room open in the browser
      When Ada ends the room in the browser, and Joan joins before it is confirmed
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E1 @browser @needs-keyboard
    Scenario: the host ends the room from the page with the keyboard alone
      Given Ada is live with Grace as a guest
      And Ada uses the keyboard alone
      When Ada opens Ada's room in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest

    @E1 @needs-database-faults
    Scenario: the host ends the room while another write holds it up
      Given Ada is live with Grace as a guest
      And another write holds Ada's room for a while
      When Ada ends the room through the gateway
      Then Ada's room is at rest

  Rule: E2 The session is over, with an end time
    The end time is not before the start and not in the future.

    @E2
    Scenario: the session is closed by the gateway
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's session is over

    @E2 @T2 @seed @browser
    Scenario: the session is closed from the page
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room in the browser
      Then Ada's session is over

  Rule: E3 Everyone who was inside has left
    Host and guests get a leave time not before their join time. Those who had left before keep theirs.

    @E3
    Scenario: nobody is left inside
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      When Ada ends the room through the gateway
      Then nobody is left inside Ada's session of 3 people

    @E3
    Scenario: nobody is left inside, nor is a guest who has lost the connection
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Grace has lost the connection to Ada's room
      When Ada ends the room through the gateway
      Then nobody is left inside Ada's session of 3 people

    @E3
    Scenario Outline: a guest who has lost the connection is not left inside when the host <acts>
      Given Ada is live with Grace as a guest
      And Grace has lost the connection to Ada's room
      When <act>
      Then nobody is left inside Ada's session of 2 people

      @needs-cancelling
      Examples:
        | acts    | act                                         |
        | cancels | Ada cancels the session through the gateway |

      @needs-reset
      Examples:
        | acts   | act                                      |
        | resets | Ada resets the room by a request |

    @E3 @browser
    Scenario: nobody is left inside, nor is the host who came by the page
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room in the browser
      Then nobody is left inside Ada's session of 2 people

    @E3
    Scenario: a guest who had left before keeps the leave time
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      And Grace has left Ada's room
      And Grace has joined Ada's room
      When Ada ends the room through the gateway
      Then nobody is left inside Ada's session of 3 people
      And those who had left Ada's session before keep their leave time

    @E3 @needs-cancelling
    Scenario: a guest who had left before a cancel keeps the leave time
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      And Grace has left Ada's room
      And Grace has joined Ada's room
      When Ada cancels the session through the gateway
      Then nobody is left inside Ada's session of 3 people
      And those who had left Ada's session before keep their leave time

    @E3 @needs-reset
    Scenario: a guest who had left before a reset keeps the leave time
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      And Grace has left Ada's room
      And Grace has joined Ada's room
      When Ada resets the room by a request
      Then nobody is left inside Ada's session of 3 people
      And those who had left Ada's session before keep their leave time

    @E3
    Scenario: nobody is left inside, however many there were
      Given Ada is live with Grace as a guest
      And 60 more guests are inside Ada's session
      When Ada ends the room through the gateway
      Then nobody is left inside Ada's session of 62 people

    @E3 @browser @needs-client-fallback
    Scenario: nobody is left inside, however many there were, when the gateway fails
      Given Ada is live in the browser with Grace as a guest
      And 60 more guests are inside Ada's session
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then nobody is left inside Ada's session of 62 people

  Rule: E4 The listing entry is ended with its end time

    @E4
    Scenario: the entry follows the end
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's session is no longer listed as live

  Rule: E5 The room can be used again at once
    The ended session is not touched by what follows.

    @E5
    Scenario: the host goes live again
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Ada is live with exactly one open session
      And the former session of Ada is as it was
      And Ada hosts exactly one room

    @E5 @browser
    Scenario: the host goes back to the listing by a link and goes live again
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes back to the listing by a link and goes live from there
      Then Ada is live with exactly one open session
      When Ada goes back to the listing by a link
      Then Ada sees Ada's session in the listing, with its title and host
      When Ada goes into Ada's room from the listing
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @E5 @browser
    Scenario: the host goes live again from the page
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And the former session of Ada is as it was

    @E5
    Scenario: the host goes live again under the same title
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live again under the same title
      Then Ada is live with exactly one open session
      And Ada's session is listed as live
      And the former session of Ada is as it was

    @E5 @browser
    Scenario: the host goes live again from the page under the same title
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live in the browser again under the same title
      Then Ada is live with exactly one open session
      And the former session of Ada is as it was

    @E5
    Scenario: the room is used five times in a row
      Given Ada has a room
      When Ada goes live and ends the room 5 times
      Then Ada's room is at rest
      And all 5 sessions of Ada are over

    @E5
    Scenario: a room that has been used often is used again
      Given Ada's room has been used 120 times before
      And Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And nobody is left inside any session of Ada

    @E5
    Scenario: what was in a room that has been used often is kept
      Given Ada's room has been used 120 times before
      When Ada goes live through the gateway
      And Ada ends the room through the gateway
      Then all earlier sessions of Ada are as they were

    @E5 @browser
    Scenario: a room that has been used often is used again from the page
      Given Ada's room has been used 120 times before
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @E5 @needs-cancelling
    Scenario: what was in a room that has been used often is kept when a session is cancelled
      Given Ada's room has been used 3 times before
      And Ada is live with Grace as a guest
      When Ada cancels the session through the gateway
      Then all earlier sessions of Ada are as they were

    @E5 @needs-cancelling
    Scenario: a session that was cancelled is kept when the next one ends
      Given Ada is live with Grace as a guest
      And Ada has cancelled the session
      And Ada has gone live again
      When Ada ends the room through the gateway
      Then all earlier sessions of Ada are as they were

    @E5
    Scenario Outline: <act>, and the session before is as it was
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada has gone live again
      And Grace has joined Ada's room
      When <act>
      Then all earlier sessions of Ada are as they were

      Examples:
        | act                                      |
        | Emmy joins Ada's room                    |
        | Grace joins Ada's room                   |
        | Grace leaves Ada's room                  |
        | Grace loses the connection to Ada's room |
        | Ada puts Grace out                       |
        | Ada announces being away                 |
        | Ada announces being back                 |

      @needs-banning
      Examples:
        | act            |
        | Ada bans Grace |

  Rule: E6 The ended state lasts
    After reloading the page, after the gateway restarts, after a settle time.

    @E6 @browser
    Scenario: the host reloads the page after the end
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Ada has ended the room in the browser
      When Ada reloads the page
      Then Ada's room stays at rest
      And Ada does not see End Room
      And nothing about Ada's room has changed

    @E6 @needs-restart
    Scenario: the gateway restarts after the end
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When the gateway restarts
      Then Ada's room stays at rest
      And nothing about Ada's room has changed

    @E6
    Scenario Outline: <who> <comes too late>
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When <who> <comes too late>
      Then Ada's room stays at rest
      And nothing about Ada's room has changed

      Examples:
        | who   | comes too late                          |
        | Ada   | announces being there after the end     |
        | Grace | tries to join Ada's room after the end  |
        | Grace | tries to leave Ada's room after the end |
        | Ada   | tries to put Grace out after the end    |
        | Ada   | announces being away after the end      |

    @E6 @race @needs-host-presence @needs-database-faults
    Scenario: the host is announced behind the end
      Given Ada is live with Grace as a guest
      When Ada announces being away
      And Ada ends the room and then announces being back while the room is held
      Then Ada's room stays at rest

    @E6 @race @needs-scheduling @needs-database-faults
    Scenario: the host opens the doors before the time, behind the end
      Given Ada has scheduled a session for tomorrow
      When Ada ends the room, and behind that opens the doors, while the room is held
      Then Ada's room stays at rest

    @E6 @race @needs-cancelling @needs-database-faults
    Scenario: the host cancels behind the end
      Given Ada is live with Grace as a guest
      When Ada ends the room, and behind that cancels the session, while the room is held
      Then Ada's room stays at rest

    @E6 @race @needs-scheduling @needs-opens-by-itself @needs-database-faults
    Scenario: somebody asks for a room whose time has come, behind the end
      Given Ada has scheduled a session that begins soon
      And Grace is a member
      When the planned start has passed
      And Grace asks for the room behind an end by Ada, while the room is held
      Then Ada's room stays at rest

    @E6 @needs-data-api
    Scenario Outline: a guest tries to <deed> the room past the gateway when it has ended
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Grace tries to <deed> Ada's room past the gateway
      Then the data API was tried
      And Ada's room stays at rest
      And nothing about Ada's room has changed

      Examples:
        | deed                        |
        | take back that she has left |
        | write herself into          |

    @E6 @needs-lobby @needs-admission
    Scenario: the host lets in somebody who waited until the end
      Given Ada has a session in the lobby with Grace waiting
      And Ada has ended the room
      When Ada tries to let Grace in after the end
      Then Ada's room is at rest
      And nothing about Ada's room has changed

    @E6 @needs-cancelling
    Scenario: the host cancels what has ended already
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada tries to cancel Ada's session through the gateway
      Then Ada's room stays at rest
      And nothing about Ada's room has changed

    @E6 @needs-reset
    Scenario: the host resets a room that is at rest
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada tries to reset the room of Ada by a request
      Then Ada's room stays at rest
      And nothing about Ada's room has changed

    @E6
    Scenario: some time passes after the end
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's room stays at rest

  Rule: E7 End Room works even when the gateway does not
    The page falls back to the data API and leaves the room as a normal end would.

    @E7 @L7 @browser @needs-client-fallback
    Scenario Outline: the host ends the room while the gateway <trouble>
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway <trouble> when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

      Examples:
        | trouble                |
        | answers 500            |
        | answers 502            |
        | answers 503            |
        | answers 520            |
        | refuses the connection |
        | never answers          |

    @E7 @browser @needs-client-fallback
    Scenario: the gateway fails when the host ends, and a guest has lost the connection
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Grace has lost the connection to Ada's room
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E7 @browser @needs-client-fallback
    Scenario: the gateway fails when the host ends the next session as well, and nothing was loaded anew
      Given Ada is live in the browser with Grace as a guest
      And the gateway answers 500 when Ada ends the room
      And Ada has ended the room in the browser
      When Ada goes back to the listing by a link and goes live from there
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E7 @browser @needs-client-fallback
    Scenario: the gateway fails when the host ends a session that began after the page was opened
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Ada has put the page into the background
      And Ada has ended the room
      And Ada has gone live again
      And the gateway answers 503 when Ada ends the room
      When Ada comes back to the page, as it was before
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E7 @P4 @browser @needs-client-fallback @needs-wrong-clocks
    Scenario Outline: the gateway fails when a host ends the room whose computer's clock is <off>
      Given Ada is live with Grace as a guest
      And the clock of Ada's computer is <off>
      And the gateway answers 503 when Ada ends the room
      When Ada opens Ada's room in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session, the stay of everyone inside and the entry ended just now

      Examples:
        | off               |
        | half an hour slow |
        | half an hour fast |

    @E7 @browser @needs-client-fallback
    Scenario: the host goes back to the listing while the gateway has not answered the end, and never does
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway never answers when Ada ends the room
      When Ada presses End Room and goes back to the listing by a link at once
      And all is well again for Ada
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E7 @browser @needs-end-fallback @needs-restart
    Scenario: the host ends the room while the gateway is down and the page is up
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway is down
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      When the gateway is up again
      Then nothing about Ada's room has changed

    @E7 @H1 @browser @needs-end-fallback @needs-restart @needs-host-lookup
    Scenario: the host comes back while the gateway is down, and ends the room
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway is down, past which pages look the host up
      When Ada reloads the page
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

  Rule: E8 When only the answer of the gateway is lost, one end is what happened
    The state is that of one end, and the person is not shown a failure.

    @E8 @browser
    Scenario: the gateway ends the room and its answer is lost
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway loses its answer when Ada ends the room
      When Ada ends the room in the browser
      Then the page shows Ada no failure
      And Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @E8 @browser
    Scenario: the gateway ends the room, and a proxy has given up waiting for it
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway takes too long for its proxy when Ada ends the room
      When Ada ends the room in the browser
      Then the page shows Ada no failure
      And Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

  Rule: E9 Ending what is not live is refused and changes nothing
    A repeated end does not move the end time.

    @E9
    Scenario: a repeated end is refused
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada tries to end the room through the gateway
      Then Ada is refused as not live
      And nothing about Ada's room has changed

    @E9
    Scenario: a room that never was live can't be ended
      Given Ada has a room
      When Ada tries to end the room through the gateway
      Then Ada is refused as not live
      And nothing about Ada's room has changed

    @E9 @needs-cancelling
    Scenario: a repeated cancel is refused
      Given Ada is live with Grace as a guest
      And Ada has cancelled the session
      When Ada tries to cancel Ada's session through the gateway
      Then Ada is refused as not live
      And nothing about Ada's room has changed

  Rule: E10 Nobody but the host can end a room
    A guest and a stranger are forbidden, somebody signed out is not known, and nothing changes.

    @E10
    Scenario Outline: <who> tries to end the room
      Given Ada is live with Grace as a guest
      And Mallory is a member
      And Nemo is signed out
      When <who> tries to end Ada's room through the gateway
      Then <who> is refused as <refusal>
      And nothing about Ada's room has changed

      @smoke
      Examples: somebody who is inside
        | who   | refusal      |
        | Grace | not the host |

      Examples: others
        | who     | refusal         |
        | Mallory | not the host    |
        | Nemo    | unauthenticated |

    @E10
    Scenario Outline: the host tries to end <room>
      Given Ada is live with Grace as a guest
      When Ada tries to end <room> through the gateway
      Then Ada is refused as <refusal>
      And nothing about Ada's room has changed

      Examples:
        | room                   | refusal        |
        | a room nobody knows    | no such room   |
        | a room that is no room | a malformed id |

    @E10 @needs-cancelling
    Scenario Outline: <who> tries to cancel the session
      Given Ada is live with Grace as a guest
      And Mallory is a member
      And Nemo is signed out
      When <who> tries to cancel Ada's session through the gateway
      Then <who> is refused as <refusal>
      And nothing about Ada's room has changed

      Examples:
        | who     | refusal         |
        | Grace   | not the host    |
        | Mallory | not the host    |
        | Nemo    | unauthenticated |

    @E10 @needs-cancelling
    Scenario Outline: the host tries to cancel the session of <room>
      Given Ada is live with Grace as a guest
      When Ada tries to cancel the session of <room> through the gateway
      Then Ada is refused as <refusal>
      And nothing about Ada's room has changed

      Examples:
        | room                   | refusal        |
        | a room nobody knows    | no such room   |
        | a room that is no room | a malformed id |

    @E10 @needs-data-api
    Scenario: a guest makes herself the host past the gateway, and tries to end the room
      Given Ada is live with Grace as a guest
      When Grace tries to make herself the host of Ada's room past the gateway
      Then the data API was tried
      When Grace tries to end Ada's room through the gateway
      Then Grace is refused as not the host
      And nothing about Ada's room has changed

    @E10 @browser
    Scenario: a guest has no way to end the room on the page
      Given Ada is live with Grace as a guest
      When Grace opens Ada's room in the browser
      Then Grace does not see End Room
      And Ada is live with exactly one open session

  Rule: E11 A session that has not begun ends as completely as a live one

    @E11 @needs-scheduling
    Scenario: a scheduled session is ended
      Given Ada has scheduled a session for tomorrow
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @E11 @needs-scheduling @needs-cancelling
    Scenario: a scheduled session is cancelled
      Given Ada has scheduled a session for tomorrow
      When Ada cancels the session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @E11 @needs-scheduling
    Scenario: a scheduled session is ended for which somebody has come too early
      Given Ada has scheduled a session for tomorrow
      And Grace has tried to join Ada's room
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside

    @E11 @needs-scheduling @needs-cancelling
    Scenario: a scheduled session is cancelled for which somebody has come too early
      Given Ada has scheduled a session for tomorrow
      And Grace has tried to join Ada's room
      When Ada cancels the session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside

    @E11 @needs-scheduling
    Scenario: a scheduled session is ended whose doors the host has opened before the time
      Given Ada has scheduled a session for tomorrow
      And Ada has opened the doors before the time
      And Grace has tried to join Ada's room
      And Ada has let Grace in, if she has to wait
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @E11 @needs-lobby
    Scenario: a session in the lobby is ended
      Given Ada has a session in the lobby with Grace waiting
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

    @E11 @browser @needs-lobby
    Scenario: a session in the lobby is ended on the page
      Given Ada has a session in the lobby with Grace waiting
      When Ada opens Ada's room in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

    @E11 @browser @needs-lobby @needs-client-fallback
    Scenario: a session in the lobby is ended on the page while the gateway fails
      Given Ada has a session in the lobby with Grace waiting
      And the gateway answers 503 when Ada ends the room
      When Ada opens Ada's room in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E11 @needs-lobby @needs-cancelling
    Scenario: a session in the lobby is cancelled
      Given Ada has a session in the lobby with Grace waiting
      When Ada cancels the session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live

  Rule: E12 Of two ends at once one succeeds
    The other is refused, and the state is that of one end.

    @E12 @race
    Scenario: the host ends the room three times at the same moment, several times over
      Given Ada is live with Grace as a guest
      When Ada ends the room 3 times at the same moment, in 5 rounds
      Then in every round exactly one end of Ada succeeded and the others were refused as not live
      And Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @E12 @race @needs-database-faults
    Scenario: the ends meet in the database
      Given Ada is live with Grace as a guest
      When Ada ends the room 3 times at the same moment while the room is held
      Then exactly one end of Ada succeeded and the others were refused as not live
      And Ada's session is over and nobody is left inside

    @E12 @race @browser
    Scenario: the host double-clicks End Room
      Given Ada is live with Grace as a guest, and has her room open in the browser
      When Ada double-clicks End Room in the browser
      Then the page tells Ada that the room has ended
      And the page shows Ada no failure
      And Ada's room is at rest
      And Ada's session is over and nobody is left inside

  Rule: E13 After a cancel the room is free

    @E13 @needs-cancelling
    Scenario: the host cancels a live session and goes live again
      Given Ada is live with Grace as a guest
      When Ada cancels the session through the gateway
      Then Ada's room is at rest
      And Ada's session is over or cancelled and nobody is left inside
      And Ada's session is no longer listed as live
      When Ada goes live through the gateway
      Then Ada is live with exactly one open session

    @E13 @browser @needs-cancelling
    Scenario: the host cancels a live session and goes live again from the page
      Given Ada is live with Grace as a guest
      When Ada cancels the session through the gateway
      And Ada goes live in the browser
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

    @E13 @needs-cancelling @needs-scheduling
    Scenario: the host cancels what was scheduled, and schedules again for the same time
      Given Ada has scheduled a session for tomorrow
      And Ada has cancelled the session
      When Ada schedules a session for the same time again
      Then Ada's session is scheduled for when it was asked for
      And Ada's session is listed as upcoming

  Rule: E14 When nothing can end the room, the page says so
    The room is unchanged, and End Room can be pressed again.

    @E14 @browser
    Scenario Outline: the gateway <trouble> and so does the fallback
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway <trouble> when Ada ends the room
      And the data API <trouble> when Ada falls back on it
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      And nothing about Ada's room has changed
      And Ada can press End Room again
      When all is well again for Ada
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And the page no longer shows Ada a failure

      Examples:
        | trouble                |
        | answers 500            |
        | refuses the connection |

    @E14 @E16 @browser
    Scenario: a page on which an end has failed ends nothing later
      Given Ada is live with Grace as a guest
      And Ada has opened Ada's room in the browser, on a clock a quarter of an hour late
      And the gateway answers 503 when Ada ends the room
      And the data API answers 503 when Ada falls back on it
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      When all is well again for Ada
      And Ada ends the room through the gateway
      And Ada goes live through the gateway
      And a quarter of an hour passes on Ada's page
      And Ada reloads the page
      Then Ada stays live in the same session

    @E14 @needs-database-faults
    Scenario Outline: the database fails the end through the gateway when it writes the <relation>
      Given Ada is live with Grace as a guest
      And every write to the <relation> of Ada's room fails
      When Ada tries to end the room through the gateway
      Then Ada's room has ended with nobody left inside, or nothing about it has changed

      Examples:
        | relation   |
        | rooms      |
        | sessions   |
        | attendance |

    @E14 @needs-cancelling @needs-database-faults
    Scenario Outline: the database fails a cancel when it writes the <relation>
      Given Ada is live with Grace as a guest
      And every write to the <relation> of Ada's room fails
      When Ada tries to cancel Ada's session through the gateway
      Then Ada's room has ended with nobody left inside, or nothing about it has changed

      Examples:
        | relation   |
        | rooms      |
        | sessions   |
        | attendance |

    @E14 @browser @needs-end-fallback @needs-database-faults
    Scenario Outline: the database itself refuses the end when it writes the <relation>
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And every write to the <relation> of Ada's room fails
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      And nothing about Ada's room has changed
      And Ada can press End Room again

      Examples:
        | relation   |
        | rooms      |
        | sessions   |
        | attendance |

    @E14 @browser
    Scenario: the gateway answers 200 with another page when the host ends the room
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway answers 200 with another page when Ada ends the room
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room has ended, and it has, or that it could not be ended

    @E14 @browser @needs-client-fallback
    Scenario: the host tries to end the room without a network, and goes on
      Given Ada is live in the browser with Grace as a guest
      When Ada loses the network
      And Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      When Ada has the network back
      Then Ada stays live in the same session
      And Ada sees End Room

    @E14 @browser
    Scenario: the host goes away from the page after an end that has failed, and comes back by links
      Given Ada is live in the browser with Grace as a guest
      And the gateway answers 500 when Ada ends the room
      And the data API answers 500 when Ada falls back on it
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      When all is well again for Ada
      And Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      And Ada ends the room in the browser
      Then Ada's room is at rest

    @E14 @browser
    Scenario: the host reloads the page after an end that has failed
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway answers 500 when Ada ends the room
      And the data API answers 500 when Ada falls back on it
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room could not be ended
      When all is well again for Ada
      And Ada reloads the page
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

  Rule: E15 Whoever has the room's page open is told of the end
    Without a reload, and not before.

    @E15 @browser @needs-viewer-updates
    Scenario: a guest looks at the room when its host ends it
      Given Ada is live
      And Grace has Ada's room open in the browser
      Then the page does not tell Grace that the room has ended
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates @needs-public-listing
    Scenario: a visitor looks at the room when its host ends it
      Given Ada is live
      And Nemo is signed out
      And Nemo has Ada's room open in the browser
      When Ada ends the room through the gateway
      Then the page tells Nemo that the room has ended, or asks to sign in

    @E15 @browser
    Scenario: a guest's page has no network for a while
      Given Ada is live
      And Grace has Ada's room open in the browser
      When Grace loses the network
      And Grace has the network back
      Then the page does not tell Grace that the room has ended

    @E15 @browser @needs-host-lookup
    Scenario Outline: a guest's page looks the room up in vain for a while, as the data API <trouble>
      Given Ada is live
      And Grace has Ada's room open in the browser
      When for a while the data API <trouble> when Grace looks the host up
      Then the page does not tell Grace that the room has ended

      Examples:
        | trouble                       |
        | answers 503                   |
        | answers 200 with another page |

    @E15 @browser @needs-viewer-updates @needs-host-lookup
    Scenario: the host ends the room after a guest's page has looked it up in vain
      Given Ada is live
      And Grace has Ada's room open in the browser
      When for a while the data API answers 503 when Grace looks the host up
      And Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room while the network of a guest's page is slow
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Grace's network is slow
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates @needs-phones
    Scenario: the host ends the room while a guest looks at it on a phone
      Given Ada is live
      And Grace uses a phone
      And Grace has Ada's room open in the browser
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room after a guest's page has been without a network for long
      Given Ada is live
      And Grace has had Ada's room open for a quarter of an hour, mostly without a network
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room after a guest's page has been open for long
      Given Ada is live
      And Grace has had Ada's room open in the browser for a quarter of an hour
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host has the room open in a browser and ends it from another device
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room from another device
      Then the page tells Ada that the room has ended
      And Ada does not see End Room

    @E15 @browser @needs-viewer-updates
    Scenario: a guest's page after the host has gone live again
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Ada has ended the room
      And the page has told Grace that the room has ended
      When Ada goes live through the gateway
      Then the page no longer tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room while a guest's page is in the background
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Grace has put the page into the background
      And Ada has ended the room
      When Grace comes back to the page
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room while a guest works in another window, beside its page
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Grace works in another window, beside the page
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room after a guest has closed the first of two tabs with it
      Given Ada is live
      And Grace has Ada's room open in the browser
      When Grace opens Ada's room in a new tab
      And Grace closes the first of the two tabs
      And Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates @needs-client-fallback
    Scenario: the host ends the room while the gateway fails, and a guest looks at it
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Grace has Ada's room open in the browser
      And Grace has looked at the page for a while
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends the room while a guest's page has no network
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Grace has no network
      And Ada has ended the room
      When Grace has the network back
      Then the page tells Grace that the room has ended

    @E15 @browser
    Scenario: another host ends their room while a guest looks at this one
      Given Ada is live
      And Mary is live
      And Grace has Ada's room open in the browser
      When Mary ends the room through the gateway
      Then the page goes on and never tells Grace that the room has ended

    @E15 @browser
    Scenario: a guest has come on from another room by links, and its host ends it
      Given Mary is live
      And Ada is live
      And Grace has the listing open in the browser
      And Grace sees Mary's session in the listing
      And Grace sees Ada's session in the listing
      And Grace has gone into Mary's room from the listing
      When Grace goes back to the listing by a link
      And Grace goes into Ada's room from the listing
      And Mary ends the room through the gateway
      Then the page goes on and never tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: the host ends their room while they have another's open in a second tab
      Given Mary is live
      And Ada is live in the browser with Grace as a guest
      When Ada opens Mary's room in a new tab
      And Ada looks at the first tab again
      And Ada ends the room in the browser
      And Ada looks at the second tab again
      Then the page goes on and never tells Ada that the room has ended

    @E15 @browser @needs-viewer-updates
    Scenario: a guest goes on from a room that has ended into another
      Given Ada is live
      And Mary is live
      And Grace has the listing open in the browser
      And Grace sees Mary's session in the listing
      And Grace sees Ada's session in the listing
      And Grace has gone into Ada's room from the listing
      And Ada has ended the room
      And the page has told Grace that the room has ended
      When Grace goes back to the listing by a link
      And Grace goes into Mary's room from the listing
      Then the page does not tell Grace that the room has ended

    @E15 @browser
    Scenario Outline: a guest comes whose computer's clock is <off>
      Given Ada is live
      And the clock of Grace's computer is <off>
      When Grace opens Ada's room in the browser
      Then the page does not tell Grace that the room has ended

      Examples:
        | off               |
        | half an hour fast |
        | half an hour slow |

    @E15 @browser @needs-viewer-updates @needs-sign-in-renewal
    Scenario: the host ends the room after a guest's sign-in has run out
      Given Ada is live
      And Grace has had Ada's room open until the sign-in has run out
      When Ada ends the room through the gateway
      Then the page tells Grace that the room has ended

    @E15 @browser @needs-viewer-updates @needs-lobby @needs-admission
    Scenario: a guest waits in the lobby when the host ends the session
      Given Ada has a session in the lobby with Grace waiting
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      When Ada ends the room through the gateway
      Then the page no longer tells Grace to wait

    @E15 @browser @needs-viewer-updates @needs-lobby @needs-admission @needs-cancelling
    Scenario: a guest waits in the lobby when the host cancels the session
      Given Ada has a session in the lobby with Grace waiting
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      When Ada cancels the session through the gateway
      Then the page no longer tells Grace to wait

  Rule: E16 A session that begins right after an end is left alone
    What the end left to be done later does not reach it.

    @E16
    Scenario: the host goes live right after the end
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      And Joan joins Ada's room
      Then Ada stays live in the new session for long
      And Joan is inside Ada's session

  Rule: E17 What ends has ended when it ended
    The session, the stay of everyone inside and the entry end at the moment of the end, however long they had lasted:
    minutes together are counted by them.

    @E17
    Scenario: the host ends a session that has lasted for hours
      Given Ada's room has been used 3 times before
      And Ada has been live for hours with Grace as a guest
      And Joan has joined Ada's room
      When Ada ends the room through the gateway
      Then Ada's session, the stay of everyone inside and the entry ended just now

    @E17 @needs-cancelling
    Scenario: the host cancels a session that has lasted for hours
      Given Ada has been live for hours with Grace as a guest
      And Joan has joined Ada's room
      When Ada cancels the session through the gateway
      Then Ada's session, the stay of everyone inside and the entry ended just now

    @E17 @browser
    Scenario: the host ends a session that has lasted for hours from the page
      Given Ada has been live for hours with Grace as a guest
      When Ada opens Ada's room in the browser
      And Ada ends the room in the browser
      Then Ada's session, the stay of everyone inside and the entry ended just now
