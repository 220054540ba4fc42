@H @host
Feature: The host stays the host
  Who is host was known only from the way they had come to the page. After a refresh the host could not end the room.

  Rule: H1 After a refresh the host still sees End Room, and it works

    @H1 @T3 @browser
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

  Rule: H3 Reloading again and again changes nothing

    @H3 @browser
    Scenario: the host reloads five times
      Given Ada is live in the browser with Grace as a guest
      When Ada reloads the page 5 times
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
