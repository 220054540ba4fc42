@M @migration @needs-migration
Feature: The cleanup migration
  It repairs once, for everybody, what got stuck before the fix. It must hit all of that, and nothing else.

  Rule: M1 Old sessions in lobby or scheduled are ended

    @M1
    Scenario: sessions that began over two hours ago
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database every session in lobby or scheduled that began over two hours ago is ended

    @M1
    Scenario: the only session that began over two hours ago
      Given a scratch database with one old lobby and nothing else
      When the cleanup migration runs
      Then in the scratch database every session in lobby or scheduled that began over two hours ago is ended

    @M1
    Scenario: when the sessions that it ends began
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database every session that was ended began when it began

  Rule: M2 Attendance in ended sessions is closed

    @M2
    Scenario: people inside sessions that are over
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database nobody is left inside a session that is over

    @M2
    Scenario: people inside the only room that is stuck
      Given a scratch database with one stuck room and nothing else
      When the cleanup migration runs
      Then in the scratch database nobody is left inside a session that is over

    @M2
    Scenario: when those who were inside left
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database nobody who was inside left before the session was over

  Rule: M3 Every stuck room is idle, without session or host

    @M3
    Scenario: stuck rooms of every kind
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database every stuck room is idle, without session or host

  Rule: M4 Dead entries are taken off the listing

    @M4
    Scenario: entries of rooms that are not on
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database no dead entry is listed

  Rule: M5 Healthy rooms are untouched, whatever their age

    @M5
    Scenario: every row of a healthy room, byte for byte
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database no byte of a healthy room has changed

    @M5
    Scenario: the only room that is live
      Given a scratch database with one stuck room, one that is live, and nothing else
      When the cleanup migration runs
      Then in the scratch database no byte of a healthy room has changed

    @M5
    Scenario: what was over before, in whatever room
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database what was over before has the times that it had

  Rule: M6 The notices carry the true counts

    @M6
    Scenario: what the notices say and what has changed
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then its notices carry the true counts

  Rule: M7 Run again it changes nothing and reports zeros

    @M7
    Scenario: a second run
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      And the cleanup migration runs again
      Then it has changed nothing and reports zeros

  Rule: M8 If it fails half-way nothing has changed

    @M8 @needs-database-faults
    Scenario Outline: a write to the <relation> fails
      Given a scratch database with every kind of stuck and healthy room
      And every write to the <relation> of one stuck room fails
      When the cleanup migration is tried
      Then in the scratch database no byte of any room has changed

      Examples:
        | relation |
        | listing  |
        | rooms    |

  Rule: M9 It can run while hosts go live

    @M9 @race @needs-database-faults @needs-data-api
    Scenario: a host recovers and goes live meanwhile
      Given Edith's room is stuck in live with an ended session, and Grace inside
      And Ada's room is stuck in lobby with no session, and Grace inside
      When the cleanup migration runs while Ada recovers and goes live
      Then Ada is live with exactly one open session
      And Edith's room is at rest

  Rule: M10 After it nobody is stuck, and each repaired host can go live

    @M10
    Scenario: the stuck-room count
      Given a scratch database with every kind of stuck and healthy room
      When the cleanup migration runs
      Then in the scratch database no room is stuck, and live entries are those of live rooms

    @M10
    Scenario Outline: a host goes live from a room that was stuck in <status> with <pointer>
      Given Ada's room is stuck in <status> with <pointer>, and Grace inside
      And the cleanup migration has run on the target
      When Ada goes live through the gateway
      Then Ada is live with exactly one open session

      Examples:
        | status    | pointer             |
        | lobby     | an ended session    |
        | scheduled | no session          |
        | live      | a cancelled session |
        | cancelled | a missing session   |

  Rule: M11 The page works against the migrated database
    Also the page as it was before the fix: what it did not do then, such as to know its host after a refresh or to
    leave nothing behind when the gateway fails, is not asked of it. What it did still works, and hurts nobody.

    @M11 @browser
    Scenario: a host goes live and ends after the migration
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      And the cleanup migration has run on the target
      When Ada goes live in the browser
      Then Ada's session is listed as live
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is no longer listed as live

    @M11 @browser @needs-client-fallback
    Scenario: a host ends after the migration while the gateway fails, and goes live again
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      And the cleanup migration has run on the target
      And Ada is live in the browser with Grace as a guest
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's session is no longer listed as live
      When Ada goes live through the gateway
      Then Ada is live with exactly one open session
      And the stuck session of Ada is closed and nobody is left inside
      And Ada's session is listed as live

    @M11 @browser
    Scenario: a host refreshes the page after the migration
      Given Ada's room is stuck in live with an ended session, and Grace inside
      And the cleanup migration has run on the target
      And Ada is live with Grace as a guest, and has her room open in the browser
      When Ada reloads the page
      Then Ada is still live in the same session
