@H @host
Feature: The host stays the host
  Who is host was known only from the way they had come to the page. After a refresh the host could not end the room.

  Rule: H1 After a refresh the host still sees End Room, and it works

    @H1 @T3 @seed @smoke @browser
    Scenario: the host refreshes the page and ends the room
      Given Ada is live in the browser with Grace as a guest
      When Ada reloads the page
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

  Rule: H2 However the host comes back, End Room is there and works

    @H2 @browser
    Scenario Outline: the host comes back by <way>
      Given Ada is live in the browser with Grace as a guest
      When Ada comes back by <way>
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

      Examples:
        | way                 |
        | a link in a new tab |
        | a new browser       |
        | back and forward    |
        | links of the pages  |
        | a link in a mail    |

      @needs-phones
      Examples: on a small screen
        | way                 |
        | a phone             |
        | a phone on its side |

    @H2 @browser
    Scenario: the host comes back from another's room by links of the pages
      Given Mary is live
      And Ada is live in the browser with Grace as a guest
      When Ada goes back to the listing by a link
      And Ada goes into Mary's room from the listing
      And Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      Then Ada sees End Room

    @H2 @browser
    Scenario: the host comes into their room from another's by links of the pages, and ends it
      Given Mary is live
      And Ada is live with Grace as a guest
      And Ada has the listing open in the browser
      And Ada sees Mary's session in the listing
      And Ada sees Ada's session in the listing
      And Ada has gone into Mary's room from the listing
      When Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      And Ada ends the room in the browser
      Then Ada's room is at rest
      And Mary is still live in the same session

    @H2 @H4 @browser
    Scenario: the host goes from room to room in the browser's history, past what lies between
      Given Mary is live
      And Ada is live in the browser with Grace as a guest
      When Ada goes into Mary's room by links, and straight back in the browser's history
      Then Ada sees End Room
      When Ada goes straight forward into Mary's room again
      Then Ada does not see End Room

    @H2 @browser @needs-capacity
    Scenario: the host comes back to a session that is full
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H2 @browser
    Scenario: the host comes back to a room that is live again after they had ended it on the page
      Given Ada is live in the browser with Grace as a guest
      And Ada has ended the room in the browser
      When Ada goes live through the gateway
      And Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H2 @browser
    Scenario Outline: the host comes back by a computer whose clock is <off>
      Given Ada is live with Grace as a guest
      And the clock of Ada's computer is <off>
      When Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

      Examples:
        | off               |
        | half an hour fast |
        | half an hour slow |

    @H2 @browser
    Scenario: the host comes back by a slow network
      Given Ada is live with Grace as a guest
      And Ada's network is slow
      When Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H2 @browser
    Scenario: the host comes back by signing in again
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out on the room's page, and opens the room again
      And Ada signs in again on the same page
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H2 @browser
    Scenario: the host comes back by signing in again, by links
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out on the room's page, and opens the room again
      And Ada signs in by links of the page
      And Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      Then Ada sees End Room

  Rule: H3 Reloading again and again changes nothing

    @H3 @browser
    Scenario: the host reloads five times
      Given Ada is live in the browser with Grace as a guest
      When Ada reloads the page 5 times
      Then Ada sees End Room
      And Ada is still live in the same session
      And Ada has come in once
      And nothing about Ada's room has changed

    @H3 @browser
    Scenario: the host's browser opens the room in two tabs at the same moment
      Given Ada is live in the browser with Grace as a guest
      When Ada opens her room in two tabs at the same moment
      Then Ada sees End Room
      When Ada looks at the first tab again
      Then Ada sees End Room
      When Ada reloads the page
      Then Ada sees End Room
      And Ada is still live in the same session

  Rule: H4 A guest never sees End Room
    Not before a reload, not after, and not by forging what navigation hands over.

    @H4 @browser
    Scenario: a guest opens and reloads the room
      Given Ada is live with Grace as a guest
      When Grace opens Ada's room in the browser
      Then Grace does not see End Room
      When Grace reloads the page
      Then Grace does not see End Room

    @H4 @browser
    Scenario: a host of another room opens the room
      Given Ada is live with Grace as a guest
      And Mary is live
      When Mary opens Ada's room in the browser
      Then Mary does not see End Room

    @H4 @browser
    Scenario: a host goes into another's room from the listing
      Given Mary is live
      And Ada is live in the browser with Grace as a guest
      When Ada goes back to the listing by a link
      And Ada goes into Mary's room from the listing
      Then Ada does not see End Room

    @H4 @browser
    Scenario: a guest and the host look at the room at the same time
      Given Ada is live with Grace as a guest, and has her room open in the browser
      When Grace opens Ada's room in the browser
      Then the page goes on and never offers Grace End Room
      And Ada sees End Room
      When Grace reloads the page right after Ada has
      Then Grace does not see End Room

    @H4 @browser
    Scenario: a guest opens the address to which the host was led
      Given Ada is live in the browser with Grace as a guest
      When Grace opens the address that Ada's browser shows
      Then Grace does not see End Room

    @H4 @browser
    Scenario: a guest forges the navigation state
      Given Ada is live with Grace as a guest
      When Grace opens Ada's room in the browser
      And Grace forges the navigation state
      Then Grace does not see End Room
      And Ada is live with exactly one open session

  Rule: H5 Somebody who is signed out does not see End Room

    @H5 @browser
    Scenario: a visitor opens the room
      Given Ada is live with Grace as a guest
      And Nemo is signed out
      When Nemo opens Ada's room in the browser
      Then Nemo does not see End Room

    @H5 @browser
    Scenario: a visitor forges the navigation state
      Given Ada is live with Grace as a guest
      And Nemo is signed out
      When Nemo opens Ada's room in the browser
      And Nemo forges the navigation state
      Then Nemo does not see End Room

    @H5 @browser
    Scenario: the host signs out
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out on the room's page, and opens the room again
      Then Ada does not see End Room
      And Ada is still live in the same session

    @H5 @browser @needs-sign-in-renewal
    Scenario: the host signs out while the page renews the sign-in
      Given Ada is live with Grace as a guest
      When Ada signs out while the page renews the sign-in, and opens the room again
      Then Ada does not see End Room
      And Ada is still live in the same session

    @H5 @browser
    Scenario: the host signs out in a second tab and goes on in the first by links of the pages
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out in a second tab, and looks at the first one again
      And Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      Then Ada does not see End Room
      And Ada is still live in the same session

  Rule: H6 A failing host lookup never hands End Room to a guest
    And the host gets it back once the lookup works.

    @H6 @browser @needs-host-lookup
    Scenario Outline: the lookup <trouble> for a guest
      Given Ada is live with Grace as a guest
      And the data API <trouble> when Grace looks the host up
      When Grace opens Ada's room in the browser
      Then Grace does not see End Room

      Examples:
        | trouble                |
        | answers 500            |
        | refuses the connection |

    @H6 @browser @needs-host-lookup
    Scenario: the lookup fails for a guest who forges the navigation state
      Given Ada is live with Grace as a guest
      And the data API refuses the connection when Grace looks the host up
      When Grace opens Ada's room in the browser
      And Grace forges the navigation state
      Then Grace does not see End Room

    @H6 @browser @needs-host-lookup
    Scenario: the lookup fails for the host, and works again
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the data API answers 503 when Ada looks the host up
      When Ada reloads the page
      And all is well again for Ada
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H6 @browser @needs-host-lookup
    Scenario: the lookup fails for a while for a host who has the page open
      Given Ada is live with Grace as a guest, and has her room open in the browser
      When for a while the data API answers 503 when Ada looks the host up
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H6 @browser @needs-host-lookup
    Scenario: the lookup fails for a host who goes on from their room into another's by links
      Given Mary is live
      And Ada is live in the browser with Grace as a guest
      And the data API answers 503 when Ada looks the host up
      When Ada goes back to the listing by a link
      And Ada goes into Mary's room from the listing
      Then Ada does not see End Room

  Rule: H7 A host is not known by name
    Another member with the very same display name is a stranger.

    @H7 @browser
    Scenario: somebody of the same name opens the room
      Given Ada is live with Grace as a guest
      And Edith is called exactly like Ada
      When Edith opens Ada's room in the browser
      Then Edith does not see End Room
      When Ada opens Ada's room in the browser
      Then Ada sees End Room

    @H7
    Scenario: somebody of the same name comes in
      Given Ada is live with Grace as a guest
      And Edith is called exactly like Ada
      When Edith joins Ada's room
      Then Edith is inside Ada's session
      And Grace is inside Ada's session

  Rule: H8 Reloading while an end is under way leaves a consistent state

    @H8 @race @browser
    Scenario Outline: the host reloads while the gateway <trouble>
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And the gateway <trouble> when Ada ends the room
      When Ada presses End Room and reloads the page at once
      Then Ada's room is at rest, or live with exactly one open session
      When all is well again for Ada
      Then Ada's room is at rest, or live with exactly one open session

      Examples:
        | trouble      |
        | is slow      |
        | answers late |

  Rule: H9 A host who goes away ends nothing
    Guests and entry stay, and the host who comes back can end the room.

    @H9
    Scenario: the host announces being away
      Given Ada is live with Grace as a guest
      When Ada announces being away
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada's session is listed as live
      When Ada ends the room through the gateway
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

    @H9
    Scenario: the host leaves by the way of the guests
      Given Ada is live with Grace as a guest
      When Ada tries to leave Ada's room
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada's session is listed as live

    @H9 @browser
    Scenario: the host closes the browser
      Given Ada is live in the browser with Grace as a guest
      When Ada closes the browser
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada's session is listed as live
      When Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H9 @browser
    Scenario: the host loses the network for a while
      Given Ada is live in the browser with Grace as a guest
      When Ada loses the network
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      When Ada has the network back
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H9 @browser
    Scenario: the host's computer sleeps for a quarter of an hour
      Given Ada is live with Grace as a guest
      And Ada has had Ada's room open in the browser for a quarter of an hour
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada sees End Room

    @H9 @browser
    Scenario: the host puts the page into the background
      Given Ada is live in the browser with Grace as a guest
      When Ada puts the page into the background
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      When Ada comes back to the page
      Then Ada sees End Room

    @H9 @browser
    Scenario: the host's page is in the background while they end and go live again elsewhere
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Ada has put the page into the background
      And Ada has ended the room
      And Ada has gone live again
      When Ada comes back to the page, as it was before
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H9 @browser
    Scenario: the host closes one of two tabs
      Given Ada is live in the browser with Grace as a guest
      When Ada opens a second tab with her room, and closes it
      Then Ada stays live in the same session
      And Grace is inside Ada's session
      And Ada sees End Room

    @H9 @browser
    Scenario: a guest closes the browser
      Given Ada is live with Grace as a guest
      And Joan has Ada's room open in the browser
      When Joan closes the browser
      Then Ada stays live in the same session
      And Grace is inside Ada's session

    @H9 @browser
    Scenario: the host ends the room from another device
      Given Ada is live in the browser with Grace as a guest
      When Ada ends the room from another device
      Then Ada's room is at rest
      And Ada's session is over and nobody is left inside

  Rule: H10 A host who has been signed in for long is still the host
    The sign-in has run out meanwhile; the page renews it.

    @H10 @browser @needs-sign-in-renewal
    Scenario: the host comes back when the sign-in has run out
      Given Ada is live with Grace as a guest
      When Ada comes back when the sign-in has run out
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H10 @browser @needs-sign-in-renewal @needs-multi-tenant
    Scenario: the host of another tenant comes back when the sign-in has run out
      Given Zoe is a member of another tenant
      And Zoe is live
      When Zoe comes back when the sign-in has run out
      Then Zoe sees End Room
      When Zoe ends the room in the browser
      Then Zoe's room is at rest

    @H10 @browser @needs-sign-in-renewal
    Scenario: the sign-in runs out while the host has the page open
      Given Ada is live with Grace as a guest
      When Ada keeps the room's page open until the sign-in has run out
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H10 @browser @needs-sign-in-renewal
    Scenario: the sign-in runs out twice
      Given Ada is live with Grace as a guest
      When Ada comes back when the sign-in has run out
      Then Ada sees End Room
      When Ada comes back when the sign-in has run out once more
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H10 @browser @needs-sign-in-renewal
    Scenario Outline: the host comes back when the sign-in has run out, and renewing it first <trouble>
      Given Ada is live with Grace as a guest
      When Ada comes back when the sign-in has run out, and renewing it <trouble>
      And Ada opens Ada's room in the browser
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

      Examples:
        | trouble                |
        | answers 503            |
        | refuses the connection |

    @H10 @browser @needs-sign-in-renewal
    Scenario: the sign-in runs out while the host has the room open in two tabs
      Given Ada is live with Grace as a guest
      When Ada keeps the room's page open in two tabs until the sign-in has run out
      Then Ada sees End Room
      When Ada looks at the first tab again
      Then Ada sees End Room
      When Ada ends the room in the browser
      Then Ada's room is at rest

    @H10 @browser @needs-sign-in-renewal @needs-client-fallback
    Scenario: the sign-in runs out while the host has the page open, and the gateway fails
      Given Ada is live with Grace as a guest
      And the gateway answers 503 when Ada ends the room
      When Ada keeps the room's page open until the sign-in has run out
      And Ada ends the room in the browser
      Then Ada's room is at rest

    @H10 @browser @needs-sign-in-renewal
    Scenario: the host goes live when the sign-in has run out
      Given Ada has a room
      And Ada has kept the listing open until the sign-in has run out
      When Ada goes live from the listing that is open
      Then Ada is live with exactly one open session
      And Ada sees End Room

  Rule: H11 Nothing of the host is left for whoever signs in next
    Two people share a computer, one after the other.

    @H11 @browser
    Scenario: a guest signs in on the page on which the host went live
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out, and Grace signs in on the same page
      Then Grace does not see End Room
      And Ada is still live in the same session

    @H11 @browser @needs-host-lookup
    Scenario: a guest signs in on the page on which the host went live, and it looks the room up in vain
      Given Ada is live in the browser with Grace as a guest
      And the data API answers 503 when Ada looks the host up
      When Ada signs out, and Grace signs in on the same page
      Then Grace does not see End Room
      And Ada is still live in the same session

    @H11 @browser
    Scenario: a member goes live on the page on which another was live
      Given Mary has a room
      And Ada is live in the browser with Grace as a guest
      When Ada signs out, and Mary signs in on the same page
      Then the form of Go Live shows Mary nothing that Ada wrote
      When Mary goes live in the browser
      Then Mary is live with exactly one open session
      And Ada is still live in the same session

    @H11 @browser
    Scenario: a guest and the host use one page after the other, by its links
      Given Ada is live in the browser with Grace as a guest
      When Ada signs out, and Grace signs in by links of the page
      And Grace goes back to the listing by a link
      And Grace goes into Ada's room from the listing
      Then Grace does not see End Room
      When Grace signs out, and Ada signs in by links of the page
      And Ada goes back to the listing by a link
      And Ada goes into Ada's room from the listing
      Then Ada sees End Room
      And Ada is still live in the same session

    @H11 @browser
    Scenario: a member goes live on the page on which another was live, by its links
      Given Mary has a room
      And Ada is live in the browser with Grace as a guest
      When Ada signs out, and Mary signs in by links of the page
      And Mary goes live from the listing that is open
      Then Mary is live with exactly one open session
      And Ada is still live in the same session
      When Mary ends the room in the browser
      Then Mary's room is at rest
      And Ada is still live in the same session

  Rule: H12 Whether the host is there is what the host said last
    Guests who come, leave or are put out change nothing of it.

    @H12 @needs-host-presence
    Scenario: the host is away and comes back
      Given Ada is live with Grace as a guest
      When Ada announces being away
      Then Ada's room shows that its host is away
      When Ada announces being back
      Then Ada's room shows that its host is there

    @H12 @needs-host-presence
    Scenario Outline: <act> while the host is there
      Given Ada is live with Grace as a guest
      When <act>
      Then Ada's room shows that its host is there

      Examples:
        | act                     |
        | Joan joins Ada's room   |
        | Grace leaves Ada's room |
        | Ada puts Grace out      |

    @H12 @needs-host-presence @needs-capacity
    Scenario: the host of a full session announces being there once more
      Given Ada is live with room for 2 people
      And Grace, Joan and Mary have come to Ada's room, one after the other
      When Ada announces being back
      Then Ada's room shows that its host is there

    @H12 @needs-host-presence
    Scenario Outline: <act> while the host is away
      Given Ada is live with Grace as a guest
      When Ada announces being away
      And <act>
      Then Ada's room shows that its host is away

      Examples:
        | act                   |
        | Joan joins Ada's room |
        | Ada puts Grace out    |
