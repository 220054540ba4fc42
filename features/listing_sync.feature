@L @listing
Feature: The listing tells the truth
  The listing is kept in a table of its own. A session could be live and not be listed, or be listed and long over.

  Rule: L1 After Go Live the session is listed, with its title and host
    Another member sees it within the deadline.

    @L1 @T4 @seed @smoke @browser
    Scenario: another member sees the session
      Given Joan has the listing open in the browser
      When Ada goes live in the browser
      Then Joan sees Ada's session in the listing, with its title and host
      And Ada's session is listed as live

    @L1 @browser
    Scenario Outline: the clock of another member's computer is <off>
      Given the clock of Joan's computer is <off>
      When Ada goes live through the gateway
      Then Joan sees Ada's session in the listing, with its title and host

      Examples:
        | off               |
        | half an hour fast |
        | half an hour slow |

    @L1 @smoke
    Scenario: a session made through the gateway is listed
      Given Ada has a room
      When Ada goes live through the gateway
      Then Ada's session is listed as live

    @L1 @browser
    Scenario: a session without a topic is listed like all others
      Given Ada has a room
      When Ada goes live without a topic
      Then Joan sees Ada's session in the listing, with its title and host

    @L1 @browser
    Scenario: the session begins while a page that is open is in the background
      Given Mary is live
      And Joan has the listing open in the browser
      And Joan sees Mary's session in the listing
      And Joan has put the page into the background
      And Ada is live
      When Joan comes back to the page
      Then Joan sees Ada's session in the listing, with its title and host

    @L1 @browser
    Scenario: the session begins while a page that is open has no network
      Given Mary is live
      And Joan has the listing open in the browser
      And Joan sees Mary's session in the listing
      And Joan has no network
      And Ada is live
      When Joan has the network back
      Then Joan sees Ada's session in the listing, with its title and host

    @L1 @browser
    Scenario: a member has opened the listing behind another tab, and looks at it after a session has begun
      Given Joan has opened the listing behind another tab
      And Ada is live
      When Joan looks at the tab behind
      Then Joan sees Ada's session in the listing, with its title and host

    @L1 @browser
    Scenario: the host goes live again after a page that is open has seen the end
      Given Ada is live
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing
      When Ada goes live through the gateway
      Then Joan sees Ada's session in the listing, with its title and host

  Rule: L2 After End Room the session is no longer listed as live
    In pages that are already open, too.

    @L2 @T4 @seed @browser
    Scenario: the session goes from a page that is open
      Given Ada is live in the browser with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      When Ada ends the room in the browser
      Then Joan no longer sees Ada's session in the listing
      And Ada's session is no longer listed as live

    @L2 @browser
    Scenario: the session ended through the gateway goes from a page that is open
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends after a page has been open for long
      Given Ada is live with Grace as a guest
      And Joan has had the listing open in the browser for a quarter of an hour
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends after a page that is open has been without a network for long
      Given Ada is live with Grace as a guest
      And Joan has had the listing open for a quarter of an hour, mostly without a network
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario Outline: the session ends while a page is open on a computer whose clock is <off>
      Given the clock of Joan's computer is <off>
      And Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

      Examples:
        | off               |
        | half an hour fast |
        | half an hour slow |

    @L2 @browser
    Scenario: the session ends while the network of a page that is open is slow
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan's network is slow
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends while a member is in the room
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan has gone into Ada's room from the listing
      And Ada has ended the room
      When Joan goes back to the listing by a link
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends while a page that is open is in the background
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan has put the page into the background
      And Ada has ended the room
      When Joan comes back to the page
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends while a member works in another window, beside the listing
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan works in another window, beside the page
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends while a page that is open has no network
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan has had no network for a while
      And Ada has ended the room
      When Joan has the network back
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser @needs-sign-in-renewal
    Scenario: the session ends after the sign-in of a page that is open has run out
      Given Ada is live with Grace as a guest
      And Joan has kept the listing open until the sign-in has run out
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session that has been on for longest ends while hundreds are live
      Given Ada has been live for hours with Grace as a guest
      And 250 rooms are live
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the session ends while a member is in the room, who goes back by the browser
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan has gone into Ada's room from the listing
      And Ada has ended the room
      When Joan goes back to the listing by the browser's history
      Then Joan no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the host ends the session on the page and goes back to the listing
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room in the browser
      And Ada goes back to the listing by a link
      Then Ada no longer sees Ada's session in the listing

    @L2 @browser
    Scenario: the host ends elsewhere what they began on the page, and goes back to the listing
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room through the gateway
      And Ada goes back to the listing by a link
      Then Ada no longer sees Ada's session in the listing

  Rule: L3 A title is shown exactly as written
    Quotes, emoji, right-to-left text, a hundred characters; and markup as text, never as markup.

    @L3 @browser
    Scenario Outline: the title holds <what>
      When Ada goes live through the gateway as <title>
      Then Joan sees Ada's session in the listing, with its title and host
      And Ada's session is listed as live

      Examples:
        | what               | title                                                                                                |
        | quotes             | "Double" and 'single' & \\ back                                                                      |
        | emoji              | Morning yoga 🧘🏽‍♀️ and tea 🍵                                                                         |
        | right-to-left text | ליל ג'אז عربي                                                                                        |
        | markup             | <b>bold</b><img src=x onerror=alert(1)>                                                              |
        | plus and per cent  | C++ at 100%25 & 50% off + more                                                                       |
        | dollar signs       | Win $$$ at $1 each, $& more                                                                          |
        | words of SQL       | Select a seat from the front; drop in -- it's free                                                   |
        | stars and lines    | Make 2 * 3 * 4 of __my_own__ ~~old~~ `notes`                                                         |
        | smileys and dots   | Wait... what -- (c) me :) at 10:30 :tea:                                                             |
        | signs in front     | #1 tip: @home is /away                                                                               |
        | small signs        | x² + ½ of it ™ on the ﬁrst try                                                                       |
        | many characters    | A talk that has so very much to say about everything that its title needs every last character of it |
        | many kanji         | 毎朝七時から一緒に体を動かし、お茶を飲みながら、昨日あったことや今日の予定、好きな本や音楽、旅の思い出、家族や友だちのこと、これから挑戦したいことまで、ゆっくりと語り合う、誰でも気軽に参加できる会です |

    @L3 @browser
    Scenario Outline: a guest opens a room whose title holds <what>
      When Ada goes live through the gateway as <title>
      And Grace opens Ada's room in the browser
      Then the page shows Grace the title of Ada's session

      Examples:
        | what            | title                                                                                                |
        | markup          | <b>bold</b><img src=x onerror=alert(1)>                                                              |
        | stars and lines | Make 2 * 3 * 4 of __my_own__ ~~old~~ `notes`                                                         |
        | dollar signs    | Win $$$ at $1 each, $& more                                                                          |
        | many characters | A talk that has so very much to say about everything that its title needs every last character of it |
        | many kanji      | 毎朝七時から一緒に体を動かし、お茶を飲みながら、昨日あったことや今日の予定、好きな本や音楽、旅の思い出、家族や友だちのこと、これから挑戦したいことまで、ゆっくりと語り合う、誰でも気軽に参加できる会です |

  Rule: L4 A room has one entry
    Going live again lists the room with the new title.

    @L4
    Scenario: going live again changes the title
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Ada's session is listed as live

    @L4 @browser
    Scenario: the page shows one entry, with the new title
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Joan sees Ada's session in the listing, with its title and host
      And Joan sees one entry of Ada's room

    @L4 @browser
    Scenario: a page that was in the background meanwhile shows one entry, with the new title
      Given Ada is live
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan has put the page into the background
      And Ada has ended the room
      And Ada has gone live again
      When Joan comes back to the page
      Then Joan sees Ada's session in the listing, with its title and host
      And Joan sees one entry of Ada's room

  Rule: L5 A scheduled session is listed as upcoming, not as live

    @L5 @needs-scheduling
    Scenario: a session for tomorrow
      Given Ada has a room
      And Ada has scheduled a session for tomorrow
      Then Ada's session is listed as upcoming

    @L5 @needs-scheduling
    Scenario: a session for tomorrow, after one that is over
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada has scheduled a session for tomorrow
      Then Ada's session is listed as upcoming

    @L5 @browser @needs-scheduling
    Scenario: a session for tomorrow, as another member sees it
      Given Ada has a room
      And Ada has scheduled a session for tomorrow
      Then Joan sees Ada's session in the listing as upcoming, not as live

    @L5 @browser @needs-scheduling
    Scenario: two hosts have a session for tomorrow, as another member sees them
      Given Ada has a room
      And Ada has scheduled a session for tomorrow
      And Mary has a room
      And Mary has scheduled a session for tomorrow
      Then Joan sees Ada's session in the listing as upcoming, not as live
      And Joan sees Mary's session in the listing as upcoming, not as live

    @L5 @browser @needs-scheduling
    Scenario: a session in six weeks, as another member sees it
      Given Ada has a room
      And Ada has scheduled a session in six weeks
      Then Joan sees Ada's session in the listing as upcoming, not as live

  Rule: L6 When the first write to the listing fails, the listing is right all the same
    Within the deadline, after Go Live and after End Room; or both are refused and rolled back, where the target says so.

    @L6 @needs-database-faults
    Scenario: the write fails at Go Live
      Given Ada has a room
      And the next write to the listing of Ada's room fails
      When Ada tries to go live through the gateway
      Then Ada's session is listed as live, or going live was refused and nothing has changed

    @L6 @needs-database-faults
    Scenario: the write fails at the end
      Given Ada is live with Grace as a guest
      And the next write to the listing of Ada's room fails
      When Ada tries to end the room through the gateway
      Then Ada's session is no longer listed as live, or ending was refused and nothing has changed

    @L6 @needs-database-faults @needs-cancelling
    Scenario: the write fails at a cancel
      Given Ada is live with Grace as a guest
      And the next write to the listing of Ada's room fails
      When Ada tries to cancel Ada's session through the gateway
      Then Ada's session is no longer listed as live, or ending was refused and nothing has changed

    @L6 @needs-database-faults @needs-restart
    Scenario: the writes fail at the end, and the gateway restarts
      Given Ada is live with Grace as a guest
      And every write to the listing of Ada's room fails for a while
      When Ada tries to end the room through the gateway
      And the gateway restarts
      And the database is well again
      Then Ada's session is no longer listed as live, or ending was refused and nothing has changed

    @L6 @needs-database-faults
    Scenario: the writes fail at the end and at the next Go Live
      Given Ada is live with Grace as a guest
      And every write to the listing of Ada's room fails for a while
      When Ada tries to end the room through the gateway
      And Ada tries to go live through the gateway
      And the database is well again
      Then Ada's room is at rest, or live with exactly one open session
      And the listing agrees with Ada's room, and goes on to

    @L6 @needs-database-faults
    Scenario: the write fails at Go Live, and those of another room go on failing
      Given Mary is live with Joan as a guest
      And every write to the listing of Mary's room fails for a while
      And Ada has a room
      And the next write to the listing of Ada's room fails
      When Mary tries to end the room through the gateway
      And Ada tries to go live through the gateway
      Then Ada's session is listed as live, or going live was refused and nothing has changed
      When the database is well again
      Then Mary's room is at rest, or live with exactly one open session

    @L6 @browser @needs-database-faults
    Scenario: the write fails when the host ends from the page
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the next write to the listing of Ada's room fails
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room has ended and the listing agrees, or that nothing has changed

    @L6 @browser @needs-database-faults @needs-client-fallback
    Scenario: the write fails when the host ends from the page and the gateway fails as well
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway answers 503 when Ada ends the room
      And the next write to the listing of Ada's room fails
      When Ada tries to end the room in the browser
      Then the page tells Ada that the room has ended and the listing agrees, or that nothing has changed

  Rule: L7 After a fallback end the listing is right too
    In pages that are already open.

    @L7 @browser @needs-client-fallback
    Scenario: the gateway fails, and the listing follows
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Joan no longer sees Ada's session in the listing
      And Ada's session is no longer listed as live

  Rule: L8 What is listed as live is what is live

    @L8
    Scenario: several hosts, some of them done
      Given Ada is live with Grace as a guest
      And Mary is live
      And Edith is live
      When Edith ends the room through the gateway
      Then of these rooms exactly those of Ada and Mary are live and listed as live
      When Ada ends the room through the gateway
      Then of these rooms exactly those of Mary are live and listed as live

    @L8 @browser
    Scenario: the page shows no entry that is not in the listing
      Given Ada is live with Grace as a guest
      Then Joan sees Ada's session in the listing
      And Joan sees no entry that is not in the listing

    @L8 @needs-scheduling
    Scenario: the host opens the doors of what is to come before its time
      Given Ada has scheduled a session for tomorrow
      When Ada opens the doors before the time
      Then Ada is live with exactly one open session
      And Ada's session is listed as live

    @L8 @browser @needs-scheduling @needs-cancelling
    Scenario: what was to come is cancelled while a member looks at the listing
      Given Ada has scheduled a session for tomorrow
      And Joan has seen Ada's session in the listing as upcoming
      When Ada cancels the session through the gateway
      Then Joan sees no entry that is not in the listing

  Rule: L9 Ending one room leaves the entries of all others alone

    @L9
    Scenario: two hosts are live and one ends
      Given Mary is live with Grace as a guest
      And Ada is live with Grace as a guest
      When Ada ends the room through the gateway
      Then Ada's session is no longer listed as live
      And nothing about Mary's room has changed

    @L9
    Scenario: two hosts are live under the same title and one ends
      Given Ada is live with Grace as a guest
      And Mary is live under the same title as Ada
      When Ada ends the room through the gateway
      Then Ada's session is no longer listed as live
      And nothing about Mary's room has changed

    @L9 @browser
    Scenario: two hosts are live under the same title and one ends while a member looks at the listing
      Given Ada is live
      And Mary is live under the same title as Ada
      And Edith has a room
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Joan sees Mary's session in the listing
      When Edith goes live through the gateway
      Then Joan sees Edith's session in the listing
      When Mary ends the room through the gateway
      Then Joan no longer sees Mary's session in the listing
      And Joan sees Ada's session in the listing, with its title and host

  Rule: L10 Members and visitors see the same

    @L10 @browser @needs-public-listing
    Scenario: a visitor sees what a member sees
      Given Ada is live with Grace as a guest
      And Nemo is signed out
      Then Joan sees Ada's session in the listing, with its title and host
      And Nemo sees Ada's session in the listing, with its title and host
      When Ada ends the room through the gateway
      Then Joan no longer sees Ada's session in the listing
      And Nemo no longer sees Ada's session in the listing

    @L10 @browser
    Scenario: the host sees what another member sees
      Given Ada is live with Grace as a guest
      Then Ada sees Ada's session in the listing, with its title and host
      When Ada ends the room through the gateway
      Then Ada no longer sees Ada's session in the listing

    @L10 @browser @needs-public-listing @needs-scheduling
    Scenario: a visitor sees what is to come as a member does
      Given Ada has scheduled a session for tomorrow
      And Nemo is signed out
      Then Joan sees Ada's session in the listing as upcoming, not as live
      And Nemo sees Ada's session in the listing as upcoming, not as live

    @L10 @browser @needs-public-listing
    Scenario: a visitor opens a room of the listing by its link
      Given Ada is live with Grace as a guest
      And Nemo is signed out
      When Nemo opens Ada's room in the browser
      Then the page shows Nemo the title of Ada's session, or asks to sign in

  Rule: L11 However many are live, each is in the listing, once

    @L11 @browser
    Scenario: more than two hundred rooms are live
      Given 250 rooms are live
      And Ada is live
      Then Joan sees each of these rooms in the listing, once
      And Joan sees Ada's session in the listing

    @L11 @browser
    Scenario: the one that has been live for longest shows its host like all others
      Given Ada has been live for hours with Grace as a guest
      And 120 rooms are live
      Then Joan sees Ada's session in the listing, with its title and host

    @L11 @browser
    Scenario: two hosts are live under the same title
      Given Ada is live
      And Mary is live under the same title as Ada
      Then Joan sees Ada's session in the listing, with its title and host
      And Joan sees Mary's session in the listing, with its title and host

    @L11 @browser
    Scenario: two hosts of the same name are live
      Given Ada is live
      And Mary is called exactly like Ada
      And Mary is live
      Then Joan sees Ada's session in the listing, with its title and host
      And Joan sees Mary's session in the listing, with its title and host

  Rule: L12 The listing keeps its documented order

    @L12 @browser
    Scenario: two sessions, one after the other
      Given Ada is live
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Mary is live
      Then Joan sees the listing in its documented order, where Mary's session is newer than Ada's

    @L12 @browser
    Scenario: whoever goes live again is newer than who was live before
      Given Ada is live
      And Mary is live
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Joan sees the listing in its documented order, where Ada's session is newer than Mary's

    @L12 @browser
    Scenario: a guest comes into the older of two sessions
      Given Ada is live
      And Mary is live
      When Grace joins Ada's room
      Then Joan sees the listing in its documented order, where Mary's session is newer than Ada's

  Rule: L13 An entry begins when its session does

    @L13
    Scenario: the host goes live for the second time today
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada's entry is of some hours ago
      When Ada goes live again under the same title
      Then Ada's entry begins when the session does

    @L13
    Scenario: guests come and go in a session that has lasted for hours
      Given Ada has been live for hours with Grace as a guest
      When Joan joins Ada's room
      Then Ada's entry begins when the session does
      When Joan leaves Ada's room
      Then Ada's entry begins when the session does

  Rule: L14 The listing shows how many people are inside

    @L14 @browser
    Scenario: a guest comes while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Joan has seen in the listing how many people are inside Ada's session
      When Bob joins Ada's room
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser
    Scenario: a guest comes into a full house while a member looks at the listing
      Given Ada is live with Grace as a guest
      And 60 more guests are inside Ada's session
      And Bob has joined Ada's room
      And Joan has seen in the listing how many people are inside Ada's session
      When Carol joins Ada's room
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser
    Scenario: a guest leaves while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Bob has joined Ada's room
      And Joan has seen in the listing how many people are inside Ada's session
      When Bob leaves Ada's room
      Then Joan sees one person fewer inside Ada's session in the listing

    @L14 @browser
    Scenario: a guest is put out while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Bob has joined Ada's room
      And Joan has seen in the listing how many people are inside Ada's session
      When Ada puts Bob out
      Then Joan sees one person fewer inside Ada's session in the listing

    @L14 @browser
    Scenario: a guest comes into the next session while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Bob has joined Ada's room
      And Ada has ended the room
      And Ada has gone live again
      And Joan has seen in the listing how many people are inside Ada's session
      When Bob joins Ada's room
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser
    Scenario: the host of another room comes while a member looks at the listing
      Given Mary has a room
      And Ada is live with Grace as a guest
      And Joan has seen in the listing how many people are inside Ada's session
      When Mary joins Ada's room
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser @needs-banning
    Scenario: a guest is banned while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Bob has joined Ada's room
      And Joan has seen in the listing how many people are inside Ada's session
      When Ada bans Bob
      Then Joan sees one person fewer inside Ada's session in the listing

    @L14 @browser @needs-lobby @needs-admission
    Scenario: a guest who waits is let in while a member looks at the listing
      Given Ada has a session in the lobby with Grace waiting
      And Bob waits in Ada's lobby as well
      And Ada has let Grace in
      And Joan has seen in the listing how many people are inside Ada's session
      When Ada lets Bob in
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser @needs-lobby @needs-admission
    Scenario: everybody who waits is let in while a member looks at the listing
      Given Ada has a session in the lobby with Grace waiting
      And Bob waits in Ada's lobby as well
      And Ada has let Grace in
      And Joan has seen in the listing how many people are inside Ada's session
      When Ada lets in everybody who waits
      Then Joan sees one more person inside Ada's session in the listing

    @L14 @browser
    Scenario: guests come into two rooms while a member looks at the listing
      Given Ada is live with Grace as a guest
      And Mary is live
      And Joan has seen in the listing how many people are inside Ada's session
      And Joan has seen in the listing how many people are inside Mary's session
      When Bob joins Mary's room
      And Carol joins Ada's room
      Then Joan sees one more person inside Mary's session in the listing
      And Joan sees one more person inside Ada's session in the listing

  Rule: L15 A host's name is shown exactly as written
    Quotes, other alphabets, emoji; and markup as text, never as markup.

    @L15 @browser
    Scenario Outline: the host's name holds <what>
      Given Ada goes by the name <name>
      When Ada goes live through the gateway
      Then Joan sees Ada's session in the listing, with its title and host

      Examples:
        | what               | name                                           |
        | quotes             | Zoë "Z" O'Dea                                  |
        | emoji              | Zoë 🧘🏽‍♀️                                      |
        | right-to-left text | נועה بنت يوسف                                  |
        | markup             | <b>Bo</b> &amp;                                |
        | many letters       | Wolfeschlegelstein-Montgomery of the Lower Ely |
        | hardly a letter    | 7 of 9 !                                       |

    @L15 @browser
    Scenario: a host is live whose name is blank, and so is another
      Given somebody is live whose name is blank
      And Ada is live
      Then Joan sees Ada's session in the listing, with its title and host

    @L15 @browser @needs-data-api
    Scenario: a host takes another name and goes live again
      Given Ada is live with Grace as a guest
      And Joan has the listing open in the browser
      And Joan sees Ada's session in the listing
      And Ada has ended the room
      When Ada takes another name
      And Ada goes live through the gateway
      And Joan reloads the listing
      Then Joan sees Ada's session in the listing, with its title and host

    @L15 @browser
    Scenario Outline: a host whose name holds <what> goes live on the page
      Given Ada goes by the name <name>
      When Ada goes live in the browser
      Then Joan sees Ada's session in the listing, with its title and host

      Examples:
        | what               | name          |
        | emoji              | Zoë 🧘🏽‍♀️      |
        | right-to-left text | נועה بنت يوسف |
