@G @wishes
Feature: What was asked for is what comes
  A host who goes live says how: under which title, when, with a lobby or without, for whom. Each of that takes effect.

  Rule: G1 The session has the title that was asked for

    @G1
    Scenario: the host names the session
      Given Ada has a room
      When Ada goes live through the gateway
      Then Ada's session has the title that was asked for

    @G1
    Scenario: the host names the next session otherwise
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Ada's session has the title that was asked for
      And the former session of Ada is as it was

    @G1 @browser
    Scenario: the host names the session on the page
      Given Ada has a room
      When Ada goes live in the browser
      Then Ada's session has the title that was asked for

    @G1 @browser
    Scenario Outline: the host names the session on the page, and the title holds <what>
      Given Ada has a room
      When Ada goes live in the browser as <title>
      Then Ada's session has the title that was asked for

      Examples:
        | what               | title                                                                                                |
        | markup             | <b>bold</b> & "quotes"                                                                               |
        | many characters    | A talk that has so very much to say about everything that its title needs every last character of it |
        | many kanji         | 毎朝七時から一緒に体を動かし、お茶を飲みながら、昨日あったことや今日の予定、好きな本や音楽、旅の思い出、家族や友だちのこと、これから挑戦したいことまで、ゆっくりと語り合う、誰でも気軽に参加できる会です |
        | smileys and dots   | Wait... what -- (c) me :) at 10:30 :tea:                                                             |
        | signs in front     | #1 tip: @home is /away                                                                               |
        | emoji              | Morning yoga 🧘🏽‍♀️ and tea 🍵                                                                         |
        | right-to-left text | ליל ג'אז عربي                                                                                        |

    @G1 @browser
    Scenario: the host names the session on the page, and writes by an input method
      Given Ada has a room
      When Ada goes live in the browser, and takes a word of the title with Enter
      Then Ada's session has the title that was asked for

    @G1 @browser
    Scenario: the host names the session on the page while another goes live
      Given Ada has a room
      And Mary has a room
      When Ada goes live in the browser, and Mary meanwhile through the gateway
      Then Ada's session has the title that was asked for

    @G1 @browser @needs-viewer-updates
    Scenario: a guest has the room's page open when the host goes live again
      Given Ada is live
      And Grace has Ada's room open in the browser
      And Ada has ended the room
      When Ada goes live through the gateway
      Then the page shows Grace the title of Ada's session

    @G1 @browser @needs-viewer-updates @needs-public-listing
    Scenario: a visitor has the room's page open when the host goes live again
      Given Ada is live
      And Nemo is signed out
      And Nemo has Ada's room open in the browser
      And Ada has ended the room
      When Ada goes live through the gateway
      Then the page shows Nemo the title of Ada's session, or asks to sign in

    @G1 @browser
    Scenario: a guest reads the title on the room's page
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      And Grace opens Ada's room in the browser
      Then the page shows Grace the title of Ada's session

    @G1 @browser
    Scenario: a guest reads the title in a room that has been used often
      Given Ada's room has been used 120 times before
      And Ada is live with Grace as a guest
      When Grace opens Ada's room in the browser
      Then the page shows Grace the title of Ada's session

    @G1 @browser
    Scenario: the host names the next session on the page otherwise, and loads nothing anew
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes back to the listing by a link and goes live from there
      Then Ada's session has the title that was asked for

  Rule: G2 A session that is to begin now is on air at once

    @G2
    Scenario: the host goes live now
      Given Ada has a room
      When Ada goes live through the gateway
      Then Ada is on air with exactly one open session
      And Ada's session began just now

    @G2
    Scenario Outline: <act>, and the session began when it did
      Given Ada is live
      When <act>
      Then the beginning of Ada's session is as it was

      Examples:
        | act                                   |
        | Grace joins Ada's room                |
        | Ada announces being away              |
        | Ada announces being back              |
        | Ada ends the room through the gateway |

    @G2 @browser
    Scenario: the host goes live now on the page
      Given Ada has a room
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session

    @G2 @browser
    Scenario: the host has a second tab open when they go live now
      Given Ada has a room
      When Ada goes live in the browser, and has opened the listing in a second tab meanwhile
      Then Ada is on air with exactly one open session

    @G2 @browser
    Scenario: the host thinks better of it, and goes live now after all
      Given Ada has a room
      When Ada fills in the form of Go Live, presses Escape, and goes live after all
      Then Ada is on air with exactly one open session

    @G2 @browser @needs-phones
    Scenario: the host goes live now on a phone
      Given Ada has a room
      And Ada uses a phone
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session

    @G2 @browser @needs-phones
    Scenario: the host goes live now on a phone on its side
      Given Ada has a room
      And Ada uses a phone on its side
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session

    @G2 @browser @needs-keyboard
    Scenario: the host goes live now with the keyboard alone
      Given Ada has a room
      And Ada uses the keyboard alone
      When Ada goes live in the browser
      Then Ada is on air with exactly one open session

  Rule: G3 A session that is to begin later begins then

    @G3 @needs-scheduling
    Scenario: the host schedules a session
      Given Ada has scheduled a session for tomorrow
      Then Ada's session is scheduled for when it was asked for
      And Ada's session has the title that was asked for

    @G3 @needs-scheduling
    Scenario: the host schedules a session by the clock of another time zone
      Given Ada has a room
      When Ada tries to schedule a session for tomorrow by the clock of Tokyo
      Then Ada's session is scheduled for when it was asked for, or nothing has changed

  Rule: G4 A session that is to begin in its lobby begins there

    @G4 @needs-lobby
    Scenario: the host opens the doors first
      Given Ada has a session in the lobby with Grace waiting
      Then Ada's session is in the lobby
      And Ada's session has the title that was asked for

  Rule: G5 A session that is not public is shown to no visitor

    @G5 @needs-private-sessions @browser @needs-public-listing
    Scenario: a visitor looks at the listing
      Given Ada is live with a session that is not public
      And Mary is live
      And Nemo is signed out
      Then Nemo sees Mary's session in the listing
      And Nemo does not see Ada's session in the listing

    @G5 @needs-private-sessions @browser @needs-public-listing
    Scenario: a session that is not public begins while a visitor looks at the listing
      Given Nemo is signed out
      And Nemo has the listing open in the browser
      And Ada is live with a session that is not public
      When Mary goes live through the gateway
      Then Nemo sees Mary's session in the listing
      And Nemo has not been shown Ada's session in the listing that is open

    @G5 @needs-private-sessions @browser @needs-public-listing
    Scenario: a session that is not public follows one that was
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada is live with a session that is not public
      And Nemo is signed out
      Then Nemo does not see Ada's session in the listing

    @G5 @needs-private-sessions
    Scenario: the host ends a session that is not public
      Given Ada is live with a session that is not public
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over

    @G5 @needs-private-sessions @browser
    Scenario: a visitor opens the room by its link
      Given Ada is live with a session that is not public
      And Nemo is signed out
      When Nemo opens Ada's room in the browser
      Then the page does not show Nemo the title of Ada's session

    @G5 @needs-private-sessions @needs-data-api
    Scenario: a visitor reads the entry past the gateway
      Given Ada is live with a session that is not public
      And Nemo is signed out
      When Nemo reads Ada's entry past the gateway
      Then Nemo was told nothing

    @G5 @needs-private-sessions @browser @needs-public-listing
    Scenario: a guest comes into a session that is not public, and a visitor looks at the listing
      Given Ada is live with a session that is not public
      And Nemo is signed out
      When Grace joins Ada's room
      Then Nemo does not see Ada's session in the listing

    @G5 @needs-private-sessions @needs-data-api
    Scenario: a visitor reads the entry past the gateway after a guest has come
      Given Ada is live with a session that is not public
      And Grace has joined Ada's room
      And Nemo is signed out
      When Nemo reads Ada's entry past the gateway
      Then Nemo was told nothing

    @G5 @needs-private-sessions @needs-data-api
    Scenario: a visitor reads the entry past the gateway after the end
      Given Ada is live with a session that is not public
      And Ada has ended the room
      And Nemo is signed out
      When Nemo reads Ada's entry past the gateway
      Then Nemo was told nothing

    @G5 @needs-private-sessions @needs-data-api
    Scenario: a visitor reads the session past the gateway
      Given Ada is live with a session that is not public
      And Nemo is signed out
      When Nemo reads Ada's sessions past the gateway
      Then Nemo was told nothing

    @G5 @needs-private-sessions @needs-data-api
    Scenario: a visitor reads who is inside past the gateway
      Given Ada is live with a session that is not public
      And Grace has joined Ada's room
      And Nemo is signed out
      When Nemo reads who is in Ada's room past the gateway
      Then Nemo was told nothing

    @G5 @needs-private-sessions @browser @needs-public-listing
    Scenario: a session that is public follows one that was not
      Given Ada is live with a session that is not public
      And Ada has ended the room
      And Ada has gone live again
      And Nemo is signed out
      Then Nemo sees Ada's session in the listing

    @G5 @needs-private-sessions @browser
    Scenario: a guest looks at a session that is not public, and signs out
      Given Ada is live with a session that is not public
      And Grace has Ada's room open in the browser
      When Grace signs out on the room's page, and opens Ada's room again
      Then the page does not show Grace the title of Ada's session

    @G5 @needs-private-sessions @needs-scheduling @browser @needs-public-listing
    Scenario: a session that is not public is planned, and a visitor looks at the listing
      Given Ada has scheduled a session for tomorrow that is not public
      And Nemo is signed out
      Then Nemo does not see Ada's session in the listing

    @G5 @needs-private-sessions @needs-scheduling @needs-opens-by-itself @browser @needs-public-listing
    Scenario: a session that is not public opens at its time, and a visitor looks at the listing
      Given Ada has scheduled a session that is not public and begins soon
      And Nemo is signed out
      When the planned start has passed
      And Grace joins Ada's room
      Then Nemo does not see Ada's session in the listing

  Rule: G6 A session has the topics that were asked for

    @G6 @browser
    Scenario: the next session is about something else
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live on another topic
      Then Joan sees Ada's session in the listing with its topic

    @G6 @browser
    Scenario: the next session is about nothing in particular
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live without a topic
      Then Joan sees Ada's session in the listing without a topic

    @G6 @R1 @browser
    Scenario: the session that a stuck room recovers to
      Given Ada is live in the browser with Grace as a guest
      And Joan has seen in the listing what Ada's session is about
      And Ada's room is stuck again in live with an ended session
      When Ada goes live in the browser
      Then Joan sees in the listing that Ada's session is about the same

    @G6 @browser @needs-scheduling @needs-opens-by-itself
    Scenario: a session about something else opens at its time
      Given Ada has scheduled a session on another topic that begins soon
      When the planned start has passed
      And Grace joins Ada's room
      Then Joan sees Ada's session in the listing with its topic

  Rule: G7 Nothing begins before it is asked for
    Whoever opens the form of Go Live, fills it in and thinks better of it has begun nothing.

    @G7 @browser
    Scenario: the host fills in the form and thinks better of it
      Given Ada has a room
      When Ada fills in the form of Go Live and thinks better of it
      Then nothing about Ada's room has changed
      And Ada's room is at rest
