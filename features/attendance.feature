@A @attendance
Feature: Who is inside is known
  People leave and come back, lose their place, are put out. Who is inside a session is told by its attendance, and every
  count of viewers is taken from there.

  Rule: A1 Whoever comes in is inside, once
    Also who has left and comes back, and who comes in again without having left.

    @A1
    Scenario: a guest leaves and comes back
      Given Ada is live with Grace as a guest
      And Grace has left Ada's room
      When Grace joins Ada's room
      Then Grace is inside Ada's session

    @A1
    Scenario: a guest loses the connection and comes back
      Given Ada is live with Grace as a guest
      And Grace has lost the connection to Ada's room
      When Grace joins Ada's room
      Then Grace is inside Ada's session

    @A1
    Scenario: a guest comes in again without having left
      Given Ada is live with Grace as a guest
      When Grace joins Ada's room
      Then Grace is inside Ada's session

    @A1 @race
    Scenario: a guest comes in from several tabs at the same moment
      Given Ada is live
      When Grace joins Ada's room 5 times at the same moment
      Then Grace is inside Ada's session

    @A1 @browser
    Scenario: a guest comes in on the room's page
      Given Ada is live
      When Grace comes into Ada's room on its page
      Then Grace is inside Ada's session
      And Ada is still live in the same session

    @A1 @browser
    Scenario: a guest comes in from the listing
      Given Mary is live
      And Grace has the listing open in the browser
      And Grace sees Mary's session in the listing
      When Ada goes live through the gateway
      Then Grace sees Ada's session in the listing
      When Grace comes into Ada's room from the listing
      Then Grace is inside Ada's session

    @A1 @browser
    Scenario: a guest comes in from the listing that was open when the session before was on
      Given Ada is live
      And Grace has the listing open in the browser
      And Grace sees Ada's session in the listing
      And Ada has ended the room
      When Ada goes live through the gateway
      Then Grace sees Ada's session in the listing, with its title and host
      When Grace comes into Ada's room from the listing
      Then Grace is inside Ada's session

    @A1 @browser
    Scenario: a guest who came in on the room's page reloads it
      Given Ada is live
      And Grace has come into Ada's room on its page
      When Grace reloads the room's page and comes in again
      Then Grace stays inside Ada's session for long
      And Ada is still live in the same session

    @A1 @browser
    Scenario: a guest who came in on the room's page has had it in the background
      Given Ada is live
      And Grace has come into Ada's room on its page
      And Grace has put the page into the background
      And Joan has joined Ada's room
      When Grace comes back to the page
      Then Grace is inside Ada's session
      And Ada is still live in the same session

    @A1 @browser
    Scenario: a guest comes in on the page on which another guest was
      Given Ada is live
      And Grace has come into Ada's room on its page
      When Grace signs out, and Joan signs in and comes into Ada's room on the same page
      Then Joan is inside Ada's session

    @A1
    Scenario: the host, who is there, comes in once more by the way of the guests
      Given Ada is live with Grace as a guest
      When Ada tries to join Ada's room
      Then nobody is inside Ada's session twice
      And Ada is still live in the same session

    @A1
    Scenario: a guest who was put out comes back
      Given Ada is live with Grace as a guest
      And Ada has put Grace out
      When Grace joins Ada's room
      Then Grace is inside Ada's session

    @A1 @needs-lobby @needs-admission
    Scenario: a guest who was turned away comes into the next session
      Given Ada has a session in the lobby with Grace waiting
      And Ada has turned Grace away
      And Ada has ended the room
      And Ada has gone live again
      When Grace joins Ada's room
      Then Grace is inside Ada's session

    @A1
    Scenario: a guest comes back in the next session
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      When Ada goes live through the gateway
      And Grace joins Ada's room
      Then Grace is inside Ada's session
      And the former session of Ada is as it was

    @A1 @browser
    Scenario: a guest comes back in the next session on the room's page
      Given Ada is live
      And Grace has come into Ada's room on its page
      And Ada has ended the room
      And Ada has gone live again
      When Grace comes into Ada's room on its page
      Then Grace is inside Ada's session

    @A1 @A2 @browser
    Scenario: a guest who has left on the room's page comes back by links, and leaves again
      Given Ada is live
      And Grace has come into Ada's room on its page
      When Grace leaves Ada's room on its page
      Then Grace has left Ada's session
      When Grace goes back to the listing by a link
      And Grace comes into Ada's room from the listing
      Then Grace is inside Ada's session
      When Grace leaves Ada's room on its page
      Then Grace has left Ada's session

    @A1 @browser
    Scenario: a guest goes on from one room into another by links
      Given Mary is live
      And Ada is live
      And Grace has the listing open in the browser
      And Grace sees Ada's session in the listing
      And Grace sees Mary's session in the listing
      And Grace has gone into Ada's room from the listing
      When Grace goes back to the listing by a link
      And Grace comes into Mary's room from the listing
      Then Grace is inside Mary's session

    @A1 @browser
    Scenario: a guest has come in by two tabs, and closes the first
      Given Ada is live
      And Grace has come into Ada's room on its page
      When Grace opens Ada's room in a new tab
      And Grace reloads the room's page and comes in again
      And Grace closes the first of the two tabs
      Then Grace stays inside Ada's session

    @A1 @needs-scheduling
    Scenario: a guest comes once the host has opened the doors before the time
      Given Ada has scheduled a session for tomorrow
      And Ada has opened the doors before the time
      When Grace joins Ada's room
      And Ada lets Grace in, if she has to wait
      Then Grace is inside Ada's session

    @A1
    Scenario: two guests of the same name come in
      Given Ada is live with Grace as a guest
      And Edith is called exactly like Grace
      When Edith joins Ada's room
      Then Edith is inside Ada's session
      And Grace is inside Ada's session

    @A1 @browser
    Scenario Outline: a guest comes in from the listing into <host>'s room, of two that have the same title
      Given Mary is live
      And Ada is live under the same title as Mary
      And Grace has the listing open in the browser
      And Grace sees Mary's session in the listing
      And Grace sees Ada's session in the listing
      When Grace comes into <host>'s room from the listing
      Then Grace is inside <host>'s session

      Examples:
        | host |
        | Ada  |
        | Mary |

  Rule: A2 Whoever leaves is not inside any more
    In this session and in every later one, and at the moment at which they leave; everybody else stays.

    @A2
    Scenario: a guest leaves
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      When Grace leaves Ada's room
      Then Grace has left Ada's session
      And Joan is inside Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest loses the connection, and everybody else stays
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      When Grace loses the connection to Ada's room
      Then Joan is inside Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest who had lost the connection and has come back leaves
      Given Ada is live with Grace as a guest
      And Grace has lost the connection to Ada's room
      And Grace has joined Ada's room
      When Grace leaves Ada's room
      Then Grace has left Ada's session

    @A2
    Scenario Outline: a guest who has lost the connection <goes>
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Grace has lost the connection to Ada's room
      When <act>
      Then Grace has left Ada's session
      And Joan is inside Ada's session

      Examples:
        | goes       | act                              |
        | leaves     | Grace tries to leave Ada's room  |
        | is put out | Ada tries to put Grace out       |

    @A2
    Scenario: a guest of two rooms leaves one of them
      Given Mary is live with Grace as a guest
      And Ada is live with Grace as a guest
      When Grace leaves Ada's room
      Then Grace has left Ada's session
      And nothing about Mary's room has changed

    @A2 @browser
    Scenario: a guest leaves on the room's page
      Given Ada is live
      And Grace has joined Ada's room
      And Joan has joined Ada's room
      And Grace has Ada's room open in the browser
      When Grace leaves Ada's room on its page
      Then Grace stays away from Ada's session
      And Joan is inside Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest who has been inside for hours leaves
      Given Ada has been live for hours with Grace as a guest
      When Grace leaves Ada's room
      Then Grace has just left Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest who has been inside for hours is put out
      Given Ada has been live for hours with Grace as a guest
      When Ada puts Grace out
      Then Grace has just left Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest leaves a later session
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada has gone live again
      And Grace has joined Ada's room
      When Grace leaves Ada's room
      Then Grace has left Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: a guest comes back and leaves again
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Joan has left Ada's room
      And Grace has left Ada's room
      And Grace has joined Ada's room
      When Grace leaves Ada's room
      Then Grace has left Ada's session
      And those who had left Ada's session before keep their leave time

    @A2
    Scenario: a guest who has come back is put out
      Given Ada is live with Grace as a guest
      And Grace has left Ada's room
      And Grace has joined Ada's room
      When Ada puts Grace out
      Then Grace has left Ada's session
      And Ada is still live in the same session

    @A2
    Scenario: the host of another room is put out
      Given Mary is live
      And Ada is live with Grace as a guest
      And Mary has joined Ada's room
      When Ada puts Mary out
      Then Mary has left Ada's session
      And Grace is inside Ada's session
      And nothing about Mary's room has changed

    @A2
    Scenario: one of two guests of the same name is put out
      Given Ada is live with Grace as a guest
      And Edith is called exactly like Grace
      And Edith has joined Ada's room
      When Ada puts Edith out
      Then Edith has left Ada's session
      And Grace is inside Ada's session

    @A2
    Scenario: a guest who was put out
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      When Ada puts Grace out
      Then Grace has left Ada's session
      And Joan is inside Ada's session
      And Ada is still live in the same session

    @A2 @browser
    Scenario: a guest who has the room's page open is put out
      Given Ada is live
      And Grace has come into Ada's room on its page
      Then Grace is inside Ada's session
      When Ada puts Grace out
      And Grace loses the network
      And Grace has the network back
      Then Grace stays away from Ada's session

    @A2 @browser
    Scenario: a guest leaves on the room's page before the gateway has said that they are inside
      Given Ada is live
      When Grace comes into Ada's room on its page, and leaves before that is answered
      Then Grace is out of Ada's session, and stays out

    @A2 @browser @needs-sign-in-renewal
    Scenario: a guest leaves on the room's page after the sign-in has run out
      Given Ada is live
      And Grace has joined Ada's room
      And Grace has had Ada's room open until the sign-in has run out
      Then Grace is inside Ada's session
      When Grace leaves Ada's room on its page
      Then Grace stays away from Ada's session

    @A2 @browser
    Scenario: a guest has left on the room's page, and the host goes live again
      Given Ada is live
      And Grace has come into Ada's room on its page
      When Grace leaves Ada's room on its page
      And Ada ends the room through the gateway
      And Ada goes live through the gateway
      Then Grace stays out of Ada's session

    @A2 @browser @needs-host-lookup
    Scenario: a guest has left the room's page while it looked the room up, and the host goes live again
      Given Ada is live
      And Grace has come into Ada's room on its page
      And the data API is slow when Grace's page, which is open, looks the host up
      When Grace leaves Ada's room on its page
      And all is well again for Grace
      And Ada ends the room through the gateway
      And Ada goes live through the gateway
      Then Grace stays out of Ada's session

  Rule: A3 No more are inside than there is room for
    Whoever leaves makes room for another; whoever is inside already may come in again.

    @A3 @needs-capacity
    Scenario: more guests come than there is room for
      Given Ada is live with room for 2 people
      When Grace, Joan and Mary come to Ada's room, one after the other
      Then Ada's session of 2 people is full
      And Mary is not inside Ada's session

    @A3 @browser @needs-capacity
    Scenario: a guest who finds no place tries to come in on the room's page
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Edith tries to come into Ada's room on its page
      Then Edith is not inside Ada's session
      And the page does not show Edith as inside

    @A3 @needs-capacity @race
    Scenario: more guests come at the same moment than there is room for
      Given Ada is live with room for 2 people
      When Grace, Joan, Mary and Edith come to Ada's room at the same moment
      Then Ada's session of 2 people is full

    @A3 @needs-capacity
    Scenario: more guests come than there is room for, and the host is away
      Given Ada is live with room for 2 people
      And Ada has announced being away
      When Grace, Joan and Mary come to Ada's room, one after the other
      Then Ada's session of 2 people is full

    @A3 @needs-capacity
    Scenario: a place gets free
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Grace leaves Ada's room
      And Mary joins Ada's room
      Then Mary is inside Ada's session
      And Grace has left Ada's session

    @A3 @needs-capacity
    Scenario: a place gets free by putting a guest out
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Ada puts Grace out
      And Mary joins Ada's room
      Then Mary is inside Ada's session
      And Grace has left Ada's session

    @A3 @needs-capacity
    Scenario: who comes in again takes no second place
      Given Ada is live with room for 3 people
      And Grace has joined Ada's room
      And Grace has joined Ada's room
      And Grace has joined Ada's room
      When Joan joins Ada's room
      Then Joan is inside Ada's session

    @A3 @needs-capacity
    Scenario: somebody who is inside a full session comes in again
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Grace joins Ada's room
      Then Grace is inside Ada's session
      And Ada's session of 2 people is full

    @A3 @needs-capacity
    Scenario: who has left comes back, and the place is taken
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      And Grace has left Ada's room
      And Mary has joined Ada's room
      When Grace tries to join Ada's room
      Then Grace is not inside Ada's session
      And Ada's session of 2 people is full

    @A3 @needs-capacity
    Scenario: who has lost the connection comes back, and somebody else has asked for the place
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      And Ada has been told how many people are inside
      And Grace has lost the connection to Ada's room
      When Mary tries to join Ada's room
      And Grace tries to join Ada's room
      Then Ada is told of as many people inside as before

    @A3 @needs-capacity
    Scenario: the host of another room finds no place either
      Given Mary is live
      And Ada is live with room for 2 people
      And Grace and Joan have come to Ada's room, one after the other
      When Mary tries to join Ada's room
      Then Mary is not inside Ada's session
      And Ada's session of 2 people is full

    @A3 @needs-capacity @needs-data-api
    Scenario: who finds no place tries to take one past the gateway
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Mary tries to write herself into Ada's room past the gateway
      Then the data API was tried
      And Mary is not inside Ada's session
      And Ada's session of 2 people is full

    @A3 @needs-capacity
    Scenario: a full session is not full for the next one
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      And Ada has ended the room
      When Ada goes live through the gateway
      And Mary joins Ada's room
      Then Mary is inside Ada's session

    @A3 @needs-capacity
    Scenario: a session has no limit of its own, and follows one that had
      Given Ada is live with room for 2 people
      And Grace and Joan have come to Ada's room, one after the other
      And Ada has ended the room
      And Ada has gone live again
      When Grace joins Ada's room
      And Joan joins Ada's room
      And Mary joins Ada's room
      Then Mary is inside Ada's session

    @A3 @needs-capacity @needs-restart
    Scenario: the gateway restarts while a session is full
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When the gateway restarts
      And Mary tries to join Ada's room
      Then Mary is not inside Ada's session
      And Ada's session of 2 people is full

    @A3 @needs-capacity @needs-lobby @needs-admission
    Scenario: more wait in the lobby than there is room for
      Given Ada has a session in the lobby with room for 2 people
      And Grace waits in Ada's lobby as well
      And Joan waits in Ada's lobby as well
      And Mary waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in Grace, Joan and Mary, as far as there is room
      Then Ada is told that 2 more people are inside, or 1 beside the host

    @A3 @needs-capacity @needs-lobby @needs-admission
    Scenario: everybody who waits is let in, and there is not room for all
      Given Ada has a session in the lobby with room for 2 people
      And Grace waits in Ada's lobby as well
      And Joan waits in Ada's lobby as well
      And Mary waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told that 2 more people are inside, or 1 beside the host

    @A3 @needs-capacity @needs-lobby @needs-admission
    Scenario: who has left the lobby takes no place when everybody who waits is let in
      Given Ada has a session in the lobby with room for 2 people
      And Mary waits in Ada's lobby as well
      And Mary has left Ada's lobby
      And Grace waits in Ada's lobby as well
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told that 2 more people are inside, or 1 beside the host

  Rule: A4 Whoever was banned is not let in again
    Not into this session, and not into a later one; others are.

    @A4 @needs-banning
    Scenario: a guest is banned
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      When Ada bans Grace
      Then Grace has left Ada's session
      And Joan is inside Ada's session

    @A4 @needs-banning
    Scenario: a banned guest tries to come back
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @needs-banning
    Scenario: a guest who was banned before another tries to come back
      Given Ada is live with Grace as a guest
      And Joan has joined Ada's room
      And Ada has banned Grace
      And Ada has banned Joan
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @needs-banning @needs-data-api
    Scenario Outline: a banned guest tries to <deed> the room past the gateway
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      When Grace tries to <deed> Ada's room past the gateway
      Then the data API was tried
      And Grace is not inside Ada's session
      When Grace tries to join Ada's room
      Then Grace is not let in
      And Grace is not inside Ada's session

      Examples:
        | deed                        |
        | lift her ban from           |
        | take back that she has left |
        | erase herself from          |
        | write herself into          |

    @A4 @needs-banning
    Scenario: a banned guest tries to come into the next session
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      And Ada has ended the room
      And Ada has gone live again
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed
      When Joan joins Ada's room
      Then Joan is inside Ada's session

    @A4 @needs-banning @needs-cancelling
    Scenario: a banned guest tries to come into the next session, where that session was cancelled
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      And Ada has cancelled the session
      And Ada has gone live again
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @needs-banning
    Scenario: somebody is banned who has just left, and tries to come back
      Given Ada is live with Grace as a guest
      And Grace has left Ada's room
      And Ada has managed to ban Grace
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @needs-banning
    Scenario: somebody is banned who had left and come back, and tries to come in once more
      Given Ada is live with Grace as a guest
      And Grace has left Ada's room
      And Grace has joined Ada's room
      And Ada has banned Grace
      When Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @race @needs-banning @needs-database-faults
    Scenario: a guest comes in again behind the ban
      Given Ada is live with Grace as a guest
      When Ada bans Grace, who comes in again behind that, while the room is held
      Then Grace is not inside Ada's session

    @A4 @needs-banning @needs-restart
    Scenario: the gateway restarts, and a banned guest tries to come back
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      When the gateway restarts
      And Grace tries to join Ada's room
      Then Grace is not let in
      And nothing about Ada's room has changed

    @A4 @needs-banning @needs-lobby @needs-admission
    Scenario: somebody who waits is banned and tries to come in again
      Given Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      And Ada has tried to ban Grace
      When Grace tries to join Ada's room
      Then Grace is not let in
      And Ada is told of as many people inside as before

    @A4 @needs-banning @needs-lobby @needs-admission
    Scenario: a banned guest tries to come into the next lobby, and everybody is let in
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      And Ada has ended the room
      And Ada has a session in the lobby with Joan waiting
      And Ada has been told how many people are inside
      And Grace has tried to join Ada's room
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
      And Grace is not inside Ada's session

  Rule: A5 The number of people inside follows
    One more with each who comes, one fewer with each who leaves or is put out.

    @A5
    Scenario: the host asks after a guest has come
      Given Ada is live with Grace as a guest
      And Ada has been told how many people are inside
      When Joan joins Ada's room
      Then Ada is told of 1 more person inside

    @A5
    Scenario: the host asks after a guest has come in again
      Given Ada is live with Grace as a guest
      And Ada has been told how many people are inside
      When Grace joins Ada's room
      Then Ada is told of as many people inside as before

    @A5
    Scenario: the host asks after a guest has left
      Given Ada is live with Grace as a guest
      And Ada has been told how many people are inside
      When Grace leaves Ada's room
      Then Ada is told of 1 person fewer inside

    @A5
    Scenario: the host asks after a guest has left who had been inside for hours
      Given Ada has been live for hours with Grace as a guest
      And Ada has been told how many people are inside
      When Grace leaves Ada's room
      Then Ada is told of 1 person fewer inside

    @A5
    Scenario: the host asks after a guest has been put out
      Given Ada is live with Grace as a guest
      And Ada has been told how many people are inside
      When Ada puts Grace out
      Then Ada is told of 1 person fewer inside

    @A5
    Scenario: the host of a full house asks after a guest has left
      Given Ada is live with Grace as a guest
      And 60 more guests are inside Ada's session
      And Ada has been told how many people are inside
      When Grace leaves Ada's room
      Then Ada is told of 1 person fewer inside

  Rule: A6 Who waits in the lobby is not inside until the host lets them in
    Whoever is turned away is gone.

    @A6 @needs-lobby @needs-admission
    Scenario: a guest comes to the lobby
      Given Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      When Joan joins Ada's room
      Then Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission
    Scenario: the host of another room comes to the lobby
      Given Mary is live
      And Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      When Mary joins Ada's room
      Then Ada is told of as many people inside as before
      And nothing about Mary's room has changed

    @A6 @needs-lobby @needs-admission
    Scenario: the host lets somebody in
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets Grace in
      Then Ada is told of 1 more person inside
      And Grace is inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: of two who wait under the same name, the host lets one in and turns the other away
      Given Ada has a session in the lobby with Grace waiting
      And Edith is called exactly like Grace
      And Edith waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets Grace in
      And Ada turns Edith away
      Then Ada is told of 1 more person inside
      And Edith is not inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: the host lets everybody in
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 2 more people inside
      And Joan is inside Ada's session

    @A6 @needs-capacity @needs-lobby @needs-admission
    Scenario: the host lets everybody in, and they are many
      Given Ada has a session in the lobby with room for 40 people
      And 24 more guests wait in Ada's lobby
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 24 more people inside

    @A6 @needs-lobby @needs-admission
    Scenario: the host, who came and left by the way of the guests, comes back by it and lets everybody in
      Given Ada has a session in the lobby with Grace waiting
      And Ada has tried to join Ada's room
      And Ada has tried to leave Ada's room
      And Ada has tried to join Ada's room
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside

    @A6 @needs-lobby @needs-admission
    Scenario: the host turns somebody away
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada turns Grace away
      Then Grace is not inside Ada's session
      And Ada is told of as many people inside as before

    @A6 @needs-capacity @needs-lobby @needs-admission
    Scenario: the host of a full house turns somebody away who waits
      Given Ada has a session in the lobby with room for 2 people
      And Grace waits in Ada's lobby as well
      And Joan waits in Ada's lobby as well
      And Mary waits in Ada's lobby as well
      And Ada has let in Joan and Mary, as far as there is room
      And Ada has been told how many people are inside
      When Ada turns Grace away
      Then Grace is not inside Ada's session
      And Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission
    Scenario: who was turned away asks once more
      Given Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      When Ada turns Grace away
      And Grace tries to join Ada's room
      Then Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission @needs-data-api
    Scenario: who waits tries to get in past the gateway
      Given Ada has a session in the lobby with Grace waiting
      And Ada has been told how many people are inside
      When Grace tries to come out of Ada's lobby through the data API
      Then the data API was tried
      And Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission @needs-data-api
    Scenario: who has not waited tries to get in past the gateway
      Given Ada has a session in the lobby with Grace waiting
      And Joan is a member
      And Ada has been told how many people are inside
      When Joan tries to write herself into Ada's room past the gateway
      Then the data API was tried
      And Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission
    Scenario: who was let in and comes in again does not wait once more
      Given Ada has a session in the lobby with Grace waiting
      And Ada has let Grace in
      And Ada has been told how many people are inside
      When Grace joins Ada's room
      Then Ada is told of as many people inside as before
      And Grace is inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: who was inside an earlier session waits for the next like everybody else
      Given Ada is live with Grace as a guest
      And Ada has ended the room
      And Ada has a session in the lobby with Joan waiting
      And Ada has been told how many people are inside
      When Grace joins Ada's room
      Then Ada is told of as many people inside as before

    @A6 @needs-lobby @needs-admission
    Scenario: who has left the lobby is not let in with everybody
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Joan has left Ada's lobby
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
      And Joan is not inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: who has left the lobby and come back to it is let in with everybody
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Joan has left Ada's lobby
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 2 more people inside
      And Joan is inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: who has waited for a while is let in with everybody
      Given Ada has had a session in the lobby for a while with Grace waiting since then
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
      And Grace is inside Ada's session

    @A6 @needs-lobby @needs-admission
    Scenario: who was put out of the lobby is not let in with everybody
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Ada has put Grace out of the lobby
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
      And Grace is not inside Ada's session

    @A6 @browser @needs-lobby @needs-admission
    Scenario: a guest in the lobby opens the room's page
      Given Ada has a session in the lobby with Grace waiting
      When Grace opens Ada's room in the browser
      Then the page tells Grace to wait

    @A6 @browser @needs-lobby @needs-admission @needs-viewer-updates
    Scenario: a guest in the lobby has the room's page open and is let in
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      And Grace has looked at the page for a while
      When Ada lets Grace in
      Then the page no longer tells Grace to wait

    @A6 @browser @needs-lobby @needs-admission
    Scenario: a guest in the lobby reloads the room's page
      Given Ada has a session in the lobby with Grace waiting
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      When Grace reloads the page of Ada's lobby
      Then the page tells Grace to wait

    @A6 @browser @needs-lobby @needs-admission @needs-viewer-updates
    Scenario: a guest in the lobby has the room's page open and is turned away
      Given Ada has a session in the lobby with Grace waiting
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      When Ada turns Grace away
      Then the page no longer tells Grace to wait

    @A6 @browser @needs-lobby @needs-admission
    Scenario: who has left the lobby on the room's page is not let in with everybody
      Given Ada has a session in the lobby with Grace waiting
      And Joan waits in Ada's lobby as well
      And Ada has been told how many people are inside
      And Grace has Ada's room open in the browser
      And the page has told Grace to wait
      When Grace leaves Ada's lobby on the room's page
      And Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
      And Grace is not inside Ada's session

    @A6 @browser @needs-lobby @needs-admission
    Scenario: a guest who comes last to a full lobby opens the room's page
      Given Ada has a session in the lobby with Grace waiting
      And 60 more guests are inside Ada's session
      And Joan waits in Ada's lobby as well
      When Joan opens Ada's room in the browser
      Then the page tells Joan to wait

  Rule: A7 What happens in one room changes nothing in another
    Who comes, leaves, is put out or banned there, and whether there is room, is that room's own affair.

    @A7
    Scenario Outline: <act>, and other rooms are as they were
      Given Edith has a room
      And Mary is live with Joan as a guest
      And Grace has joined Mary's room
      And Ada is live with Grace as a guest
      When <act>
      Then nothing about Mary's room has changed
      And nothing about Edith's room has changed

      Examples:
        | act                      |
        | Emmy joins Ada's room    |
        | Joan joins Ada's room    |
        | Grace leaves Ada's room  |
        | Ada puts Grace out       |
        | Ada announces being away |

      @needs-banning
      Examples:
        | act            |
        | Ada bans Grace |

      @needs-cancelling
      Examples:
        | act                                         |
        | Ada cancels the session through the gateway |

      @needs-reset
      Examples:
        | act                                     |
        | Ada resets the room by a request |

    @A7 @needs-scheduling
    Scenario Outline: <act>, and what is to come in other rooms is as it was
      Given Emmy has scheduled a session for tomorrow
      And Mary is live with Joan as a guest
      And Ada has scheduled a session for tomorrow
      When <act>
      Then Ada's room is at rest
      And nothing about Emmy's room has changed
      And nothing about Mary's room has changed

      Examples:
        | act                                    |
        | Ada ends the room through the gateway  |

      @needs-cancelling
      Examples:
        | act                                         |
        | Ada cancels the session through the gateway |

    @A7 @needs-scheduling @needs-opens-by-itself
    Scenario: the time of one session has come, and other rooms are as they were
      Given Edith has a room
      And Emmy has scheduled a session for tomorrow
      And Mary is live with Joan as a guest
      And Ada has scheduled a session that begins soon
      When the planned start has passed
      And Grace joins Ada's room
      Then Ada is live with exactly one open session
      And nothing about Mary's room has changed
      And nothing about Emmy's room has changed
      And nothing about Edith's room has changed

    @A7 @needs-planned-end
    Scenario: the planned end of one session has passed, and other rooms are as they were
      Given Mary is live with Joan as a guest
      And Edith has a room
      And Ada is live with Grace as a guest, and a planned end soon
      When the planned end has passed
      And Ada goes live through the gateway
      Then Ada is live with exactly one open session
      And nothing about Mary's room has changed
      And nothing about Edith's room has changed

    @A7 @browser
    Scenario: a host goes live and ends on the page, and other rooms are as they were
      Given Edith has a room
      And Mary is live with Joan as a guest
      And Ada has a room
      When Ada goes live in the browser
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And nothing about Mary's room has changed
      And nothing about Edith's room has changed

    @A7 @browser @needs-client-fallback
    Scenario: a host ends on the page while the gateway fails, and other rooms are as they were
      Given Edith has a room
      And Mary is live with Joan as a guest
      And Ada is live in the browser with Grace as a guest
      And the gateway answers 503 when Ada ends the room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And nothing about Mary's room has changed
      And nothing about Edith's room has changed

    @A7
    Scenario: a host who is a guest elsewhere announces being away
      Given Ada is live with Grace as a guest
      And Mary is live with Joan as a guest
      And Ada has tried to join Mary's room
      When Ada announces being away
      Then nothing about Mary's room has changed

    @A7
    Scenario: a host who is a guest elsewhere leaves there
      Given Mary is live with Joan as a guest
      And Ada is live with Grace as a guest
      And Ada has tried to join Mary's room
      When Ada tries to leave Mary's room
      Then nothing about Ada's room has changed

    @A7
    Scenario: a host who is away comes into another room
      Given Mary is live with Joan as a guest
      And Ada is live with Grace as a guest
      And Ada has announced being away
      When Ada tries to join Mary's room
      Then nothing about Ada's room has changed

    @A7
    Scenario: a host who is a guest elsewhere goes live and ends
      Given Mary is live with Joan as a guest
      And Ada has a room
      And Ada has tried to join Mary's room
      When Ada goes live through the gateway
      And Ada ends the room through the gateway
      Then nothing about Mary's room has changed

    @A7 @needs-reset
    Scenario: a host who is a guest elsewhere resets their room
      Given Mary is live with Joan as a guest
      And Ada is live with Grace as a guest
      And Ada has tried to join Mary's room
      When Ada resets the room by a request
      Then nothing about Mary's room has changed

    @A7 @needs-banning
    Scenario: who was banned from one room comes into another
      Given Ada is live with Grace as a guest
      And Ada has banned Grace
      And Mary is live
      When Grace joins Mary's room
      Then Grace is inside Mary's session

    @A7 @needs-capacity
    Scenario: one room is full, and another is not
      Given Ada is live with room for 2 people
      And Grace, Joan and Edith have come to Ada's room, one after the other
      And Mary is live with room for 2 people
      When Emmy joins Mary's room
      Then Emmy is inside Mary's session

    @A7 @needs-lobby @needs-admission
    Scenario Outline: the host of one lobby <decides> somebody, who goes on waiting in another
      Given Ada has a session in the lobby with Grace waiting
      And Mary has a session in the lobby with Joan waiting
      And Grace waits in Mary's lobby as well
      And Mary has been told how many people are inside
      When <act>
      Then Mary is told of as many people inside as before
      When Mary lets Grace in
      Then Mary is told of 1 more person inside
      And Grace is inside Mary's session

      Examples:
        | decides    | act                  |
        | lets in    | Ada lets Grace in    |
        | turns away | Ada turns Grace away |

    @A7 @needs-lobby @needs-admission
    Scenario: the host of one lobby lets everybody in, and who waits in another goes on waiting
      Given Ada has a session in the lobby with Grace waiting
      And Mary has a session in the lobby with Joan waiting
      And Grace waits in Mary's lobby as well
      And Mary has been told how many people are inside
      When Ada lets in everybody who waits
      Then Mary is told of as many people inside as before

    @A7 @needs-capacity @needs-lobby @needs-admission
    Scenario: another room is full, and everybody who waits is let in
      Given Mary is live with room for 2 people
      And Grace and Joan have come to Mary's room, one after the other
      And Ada has a session in the lobby with room for 2 people
      And Emmy waits in Ada's lobby as well
      And Ada has been told how many people are inside
      When Ada lets in everybody who waits
      Then Ada is told of 1 more person inside
