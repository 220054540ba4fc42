@D @one-room
Feature: One room a person
  Every member owns one permanent room. A room was made anew when looking it up failed, and people ended up with several.

  Rule: D1 The first Go Live gives a person exactly one room
    The room is linked to them.

    @D1 @browser @smoke @needs-first-room
    Scenario: a member goes live for the first time
      Given Ada has never gone live
      When Ada goes live for the first time in the browser
      Then Ada hosts exactly one room
      And Ada is live with exactly one open session

    @D1 @browser @needs-first-room
    Scenario: two members of the same name go live for the first time
      Given Ada has never gone live
      And Edith is called exactly like Ada
      When Ada goes live for the first time in the browser
      And Edith goes live for the first time in the browser
      Then Ada hosts exactly one room
      And Edith hosts exactly one room
      And Edith is live with exactly one open session

    @D1 @smoke
    Scenario: a member is given a room by the gateway
      Given Ada has a room
      Then Ada hosts exactly one room

    @D1 @browser
    Scenario: going live again makes no second room
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live in the browser
      Then Ada hosts exactly one room

  Rule: D2 When the lookup of one's room fails, no second room is made
    The existing room is used where the target declares so, or the page says that going live failed.

    @D2 @browser
    Scenario Outline: the gateway <trouble> when the page asks for the room
      Given Ada has a room
      And the gateway <trouble> when Ada asks for a room
      When Ada tries to go live in the browser
      Then Ada hosts exactly one room
      And Ada is live with exactly one open session, or was told that going live failed

      Examples:
        | trouble                |
        | answers 500            |
        | answers 503            |
        | refuses the connection |

    @D2 @browser @needs-room-fallback @needs-first-room
    Scenario: the lookup fails for somebody who has no room yet
      Given Ada has never gone live
      And the gateway answers 503 when Ada asks for a room
      When Ada tries to go live for the first time in the browser
      Then Ada is live in exactly one room, or was told that going live failed and hosts none

  Rule: D3 Many first visits at once make one room

    @D3 @race
    Scenario: a member asks for a room five times at the same moment
      Given Ada has never gone live
      When Ada asks for a room 5 times at the same moment
      Then Ada hosts exactly one room
      And each time Ada was given the same room

    @D3 @race @needs-database-faults
    Scenario: five first visits have looked for a room before one is made
      Given Ada has never gone live
      When Ada asks for a room 5 times at the same moment while no room can be made
      Then Ada hosts exactly one room
      And each time Ada was given the same room

  Rule: D4 The schema itself refuses a second room for a host

    @D4 @needs-database-faults
    Scenario: a second room is written past the gateway
      Given Ada has a room
      Then the schema refuses a second room for Ada

  Rule: D5 Whoever has a room gets no other
    Asking for one again, by whatever route, leaves the one that is there.

    @D5
    Scenario: a host asks for a room again
      Given Ada has a room
      When Ada asks for a room again
      Then Ada hosts exactly one room
      And nothing about Ada's room has changed

    @D5
    Scenario: a host who is live asks for a room again
      Given Ada is live with Grace as a guest
      When Ada asks for a room again
      Then Ada hosts exactly one room
      And nothing about Ada's room has changed
