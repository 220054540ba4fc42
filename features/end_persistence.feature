@E @end
Feature: Ending a room is complete and lasts
  Rooms could not be used again because an end left something behind: the pointer to the session, the session itself,
  the people inside, the host's presence, the entry in the listing.

  Rule: E1 After End Room the room is at rest
    It is idle, has no current session, and no host is present.

    @E1 @T2 @browser
    Scenario: the host ends the room from the page
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @E1
    Scenario: the host ends the room through the gateway
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's room is at rest

  Rule: E2 The session is over, with an end time
    The end time is not before the start and not in the future.

    @E2
    Scenario: the session is closed by the gateway
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's session is over

    @E2 @T2 @browser
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
    Scenario: a guest who had left before keeps the leave time
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      When Ada ends the room through the gateway
      Then nobody is left inside Ada's session of 3 people
      And those who had left Ada's session before keep their leave time

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

    @E5 @browser
    Scenario: the host goes live again from the page
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live in the browser
      Then Ada is live with exactly one open session
      And the former session of Ada is as it was

    @E5
    Scenario: the room is used five times in a row
      Given Ada has a room
      When Ada goes live and ends the room 5 times
      Then Ada's room is at rest
      And all 5 sessions of Ada are over

  Rule: E7 End Room works even when the gateway does not
    The page falls back to the data API and leaves the room as a normal end would.

    @E7 @L7 @browser @needs-client-fallback
    Scenario Outline: the host ends the room while the gateway <trouble>
      Given Ada is live in the browser with Grace as a guest
      And the gateway <trouble> when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside
      And Ada's session is no longer listed as live

      Examples:
        | trouble                |
        | answers 500            |
        | answers 503            |
        | refuses the connection |
        | never answers          |

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

      Examples:
        | who     | refusal         |
        | Grace   | not the host    |
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
