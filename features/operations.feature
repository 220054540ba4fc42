@O @operations
Feature: What operators watch
  After the deployment operators look at counts and logs. What they look at must tell the truth.

  Rule: O1 No room is stuck
    By the count of the fix's own document: rooms that are not idle, and without an open session.

    @O1
    Scenario: after going live and ending
      Given Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then no room of Ada is stuck

    @O1 @browser
    Scenario: after a recovery and an end
      Given Ada's room is stuck in live with an ended session, and Grace inside
      When Ada goes live in the browser
      And Ada ends the room in the browser
      Then no room of Ada is stuck

  Rule: O2 The documented lines are logged, in the documented order

    @O2 @needs-gateway-log
    Scenario: the gateway logs a Go Live
      Given Ada has a room
      And an operator watches the gateway's log
      When Ada goes live through the gateway
      Then the gateway has logged that Ada's session was created, then that the listing was synced

    @O2 @browser @needs-console-log
    Scenario: the page logs a recovery
      Given Ada's room is stuck in lobby with an ended session, and Grace inside
      When Ada goes live in the browser
      Then Ada's page has logged the conflict, then that the forced reset succeeded

    @O2 @browser @needs-console-log @needs-client-fallback
    Scenario: the page logs a fallback
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's page has logged that the fallback succeeded

    @O2 @browser @needs-console-log @needs-client-fallback
    Scenario: the gateway ends the room, and the page needs no fallback
      Given Ada is live with Grace as a guest, and has her room open in the browser
      When Ada ends the room in the browser
      Then Ada's page has logged no fallback

  Rule: O3 A normal Go Live causes no conflict

    @O3 @browser
    Scenario: a host goes live, ends, and goes live again
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live in the browser
      Then no request met a conflict

  Rule: O4 The listing is accurate over many cycles

    @O4
    Scenario: ten cycles
      Given Ada has a room
      When Ada goes live and ends the room 10 times, and the listing follows each time
      Then Ada's room is at rest
      And all 10 sessions of Ada are over

  Rule: O5 Operations answer as described
    What the target file describes is carried out where it is due. A scenario of another promise that can't begin because
    an operation does not work is blocked by it, and not judged.

    @O5
    Scenario: the operations of a live room
      Given Ada is a member
      And Grace is a member
      When Ada and Grace use the operations of a live room
      Then each operation answered as described

    @O5 @needs-scheduling
    Scenario: the operations of a scheduled session
      Given Ada is a member
      And Grace is a member
      When Ada and Grace use the operations of a scheduled session
      Then each operation answered as described

    @O5 @needs-lobby
    Scenario: the operations of a session in the lobby
      Given Ada is a member
      And Grace is a member
      When Ada and Grace use the operations of a session in the lobby
      Then each operation answered as described

  Rule: O6 What comes out of turn or makes no sense is refused, and breaks nothing
    Late requests, second clicks and pages that are out of date ask for what can't be done now. They are told so, or
    there was nothing to do: no request is answered by a failure, and the room is as it should be.

    @O6
    Scenario: all that needs a session, in a room at rest
      Given Ada has a room
      And Grace is a member
      When Ada and Grace try all that needs a session
      Then nothing that was tried broke
      And Ada's room is at rest

    @O6
    Scenario: all that needs somebody inside, of somebody who is not
      Given Ada is live with Grace as a guest
      And Joan is a member
      When Ada and Joan try all that needs somebody inside
      Then nothing that was tried broke
      And Ada is still live in the same session
      And Grace is inside Ada's session

    @O6
    Scenario: all that needs a guest inside, of a guest who has left
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      When Ada and Joan try all that needs somebody inside
      Then nothing that was tried broke
      And Joan has left Ada's session
      And those who had left Ada's session before keep their leave time
      And Grace is inside Ada's session

    @O6
    Scenario: all that begins a session, in a room that is live
      Given Ada is live with Grace as a guest
      When Ada and Grace try all that begins a session
      Then nothing that was tried broke
      And no room of Ada is stuck

    @O6
    Scenario Outline: the host goes live with <odd title>
      Given Ada has a room
      When Ada tries to go live with <odd title>
      Then nothing that was tried broke
      And no room of Ada is stuck
      And Ada's room is at rest, or live with exactly one open session

      Examples:
        | odd title                     |
        | a title with a null byte      |
        | a title with half a character |
        | a title of 10,000 letters     |
        | a title of spaces             |
        | no title at all               |

    @O6 @needs-scheduling
    Scenario Outline: the host plans a session that begins on <odd time>
      Given Ada has a room
      When Ada tries to plan a session that begins on <odd time>
      Then nothing that was tried broke
      And no room of Ada is stuck

      Examples:
        | odd time                          |
        | the last evening of the year 9999 |
        | the first morning of the year 1   |
        | the thirtieth of February         |
        | no day at all                     |

    @O6 @needs-planned-end
    Scenario Outline: the host begins a session until <odd end>
      Given Ada has a room
      When Ada tries to begin a session until <odd end>
      Then nothing that was tried broke
      And no room of Ada is stuck

      Examples:
        | odd end                           |
        | a time long before it begins      |
        | the last evening of the year 9999 |
        | the thirtieth of February         |

    @O6 @needs-capacity
    Scenario Outline: the host begins a session for <odd number>
      Given Ada has a room
      When Ada tries to begin a session for <odd number>
      Then nothing that was tried broke
      And no room of Ada is stuck

      Examples:
        | odd number                 |
        | nobody                     |
        | fewer than nobody          |
        | half a person              |
        | more than there are people |

    @O6 @needs-scheduling
    Scenario: the host opens the doors before the time, and once more
      Given Ada has scheduled a session for tomorrow
      And Ada has opened the doors before the time
      And Grace has tried to join Ada's room
      And Ada has let Grace in, if she has to wait
      When Ada tries to open the doors once more
      Then nothing that was tried broke
      And nothing about Ada's room has changed

    @O6
    Scenario: a member comes into a room that is not there
      Given Grace is a member
      When Grace tries to join a room nobody knows through the gateway
      Then Grace is refused as no such room

    @O6 @needs-capacity @needs-lobby @needs-admission
    Scenario: the host lets in more people than there is room for
      Given Ada has a session in the lobby with room for 2 people
      And Grace waits in Ada's lobby as well
      And Joan waits in Ada's lobby as well
      And Mary waits in Ada's lobby as well
      When Ada lets in Grace, Joan and Mary, as far as there is room
      Then nothing that was tried broke

    @O6
    Scenario: a member comes in, and the request names somebody else
      Given Ada is live with Grace as a guest
      And Mallory is a member
      And Joan is a member
      When Mallory tries to join Ada's room in Joan's name
      Then nothing that was tried broke
      And Grace is inside Ada's session

    @O6 @needs-first-room
    Scenario: somebody who has no room yet asks for theirs
      Given Ada has never gone live
      When Ada asks which room is theirs
      Then nothing that was tried broke

  Rule: O7 What the gateway tells of a room is how the room is
    Pages and other services go by what the gateway tells them of a room that is asked for, and of one's own: its
    status, its session, its host, who waits in it, which sessions it has had, and what whoever asks is there.

    @O7
    Scenario: the host asks for a room that is live
      Given Ada has a room
      And Ada has been told how the room is
      When Ada goes live through the gateway
      Then Ada is told how the room is

    @O7 @needs-first-room
    Scenario: somebody asks for their room before they have one, and when they have
      Given Ada has never gone live
      And Ada has asked which room is theirs
      And Ada has a room
      Then Ada is told how the room is

    @O7
    Scenario: the host asks for a room that has ended
      Given Ada is live with Grace as a guest
      And Ada has been told how the room is
      When Ada ends the room through the gateway
      Then Ada is told how the room is

    @O7
    Scenario: the host asks for a room that is live again
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada has been told how the room is
      When Ada goes live through the gateway
      Then Ada is told how the room is

    @O7
    Scenario: the host asks for their room after having left it and come back
      Given Ada is live with Grace as a guest
      And Ada has tried to leave Ada's room
      And Ada has tried to join Ada's room
      Then Ada is told how the room is

    @O7
    Scenario: a guest asks for a room that has ended
      Given Ada is live with Grace as a guest
      And Grace has been told how Ada's room is
      When Ada ends the room through the gateway
      Then Grace is told how Ada's room is

    @O7
    Scenario: a guest asks for a room that is live again, and so does the host of another
      Given Mary has a room
      And Ada is live with Grace as a guest
      And Ada has ended the room
      And Grace has been told how Ada's room is
      When Ada goes live through the gateway
      Then Grace is told how Ada's room is
      And Mary is told how Ada's room is

    @O7 @needs-scheduling
    Scenario: the host asks for a room with a session for tomorrow
      Given Ada has scheduled a session for tomorrow
      Then Ada is told how the room is

    @O7 @needs-lobby
    Scenario: the host asks for a room with a session in the lobby
      Given Ada has a session in the lobby with Grace waiting
      Then Ada is told how the room is

    @O7 @needs-reset
    Scenario: the host asks for a room that was reset
      Given Ada is live with Grace as a guest
      And Ada has been told how the room is
      When Ada resets the room by a request
      Then Ada is told how the room is

    @O7 @browser @needs-client-fallback
    Scenario: the host asks for a room that the page has ended past the gateway
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Ada has been told how the room is
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Ada is told how the room is

    @O7 @needs-planned-end
    Scenario: a guest is the first to ask for a room after its planned end
      Given Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      Then Grace is told at once how Ada's room is
      And Ada's room is at rest

    @O7 @needs-scheduling @needs-opens-by-itself
    Scenario: a member is the first to ask for a room whose time has come
      Given Ada has scheduled a session that begins soon
      And Grace is a member
      When the planned start has passed
      Then Grace is told at once how Ada's room is
      And Ada is live with exactly one open session

    @O7 @needs-lobby @needs-admission
    Scenario Outline: the host asks who waits after <act>
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      When <act>
      Then Ada is told that Joan waits, and nobody else

      Examples:
        | act                  |
        | Ada lets Grace in    |
        | Ada turns Grace away |

    @O7 @needs-lobby @needs-admission
    Scenario: the host asks who waits in the next lobby
      Given Ada has a session in the lobby with Grace waiting
      And Ada has ended the room
      And Ada has a session in the lobby with Joan waiting
      Then Ada is told that Joan waits, and nobody else

    @O7 @needs-lobby @needs-admission
    Scenario: the host asks who waits, and somebody had lost the connection
      Given Ada has a session in the lobby with Grace waiting
      And Grace, who waits in Ada's lobby, has lost the connection and come back
      Then Ada is told that Grace waits, and nobody else

    @O7 @needs-lobby @needs-admission
    Scenario: the host asks who waits, and somebody has waited for a while
      Given Ada has had a session in the lobby for a while with Grace waiting since then
      Then Ada is told that Grace waits, and nobody else

    @O7 @needs-lobby @needs-admission
    Scenario: two hosts ask who waits, one after the other
      Given Ada has a session in the lobby with Grace waiting
      And Mary has a session in the lobby with Joan waiting
      Then Ada is told that Grace waits, and nobody else
      And Mary is told that Joan waits, and nobody else

    @O7
    Scenario: the host asks which sessions the room has had
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Ada is told which sessions Ada's room has had

    @O7 @needs-lobby @needs-admission
    Scenario: two hosts ask who waits, and it is the same guest
      Given Ada has a session in the lobby with Grace waiting
      And Mary has a session in the lobby with Joan waiting
      And Grace has left Ada's lobby
      And Joan waits in Ada's lobby as well
      Then Ada is told that Joan waits, and nobody else
      And Mary is told that Joan waits, and nobody else

    @O7
    Scenario: two hosts ask which sessions their rooms have had, one after the other
      Given Mary is live
      And Ada is live with Grace as a guest
      Then Ada is told which sessions Ada's room has had
      And Mary is told which sessions Mary's room has had

    @O7
    Scenario: two hosts ask for their rooms, one after the other
      Given Mary has a room
      And Ada is live with Grace as a guest
      Then Ada is told how the room is
      And Mary is told how the room is

    @O7 @needs-lobby @needs-admission
    Scenario: who waits in the lobby asks for the room
      Given Ada has a session in the lobby with Grace waiting
      Then Grace is told of Ada's room that she waits

    @O7 @needs-lobby @needs-admission
    Scenario: who was let in asks for the room
      Given Ada has a session in the lobby with Grace waiting
      When Ada lets Grace in
      Then Grace is told of Ada's room that she is inside

    @O7 @needs-lobby @needs-admission
    Scenario: who waited in the lobby before asks for the next session
      Given Ada has a session in the lobby with Grace waiting
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Grace is told of Ada's room that she does not wait

    @O7 @needs-banning
    Scenario: a banned guest asks for the room
      Given Ada is live with Grace as a guest
      When Ada bans Grace
      Then Grace is told of Ada's room that she is banned

  Rule: O8 A restart of the gateway ends nothing
    Sessions that are on stay on, and who is inside stays inside.

    @O8 @needs-restart
    Scenario: the gateway restarts while a host is live
      Given Ada is live with Grace as a guest
      When the gateway restarts
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada's session is listed as live

    @O8 @needs-restart @needs-scheduling
    Scenario: the gateway restarts while a session is to come
      Given Ada has scheduled a session for tomorrow
      When the gateway restarts
      Then Ada's session is scheduled for when it was asked for
      And Ada's session is listed as upcoming

    @O8 @needs-restart @needs-lobby @needs-admission
    Scenario: the gateway restarts while a guest waits in the lobby
      Given Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      When the gateway restarts
      And Ada lets Grace in
      Then Ada is told of 1 more person inside
      And Grace is inside Ada's session
