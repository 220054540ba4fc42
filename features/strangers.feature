@S @security
Feature: Nobody gets in where they don't belong
  The page writes to the database by itself, as the person who is signed in. Row level security decides what it may do.

  Rule: S1 Through the data API nobody changes what is another's

    @S1 @needs-data-api
    Scenario Outline: <who> tries to <deed>
      Given Ada is live with Grace as a guest
      And Mallory is live
      When <who> tries to <deed> of Ada through the data API
      Then the data API was tried
      And nothing about Ada's room has changed, save that <who> may have left it

      Examples: a guest
        | who   | deed                           |
        | Grace | end the room                   |
        | Grace | close the session              |
        | Grace | send the host away             |
        | Grace | take the entry off the listing |
        | Grace | delete the room                |
        | Grace | delete the session             |
        | Grace | delete who was inside          |
        | Grace | delete the entry               |
        | Grace | take the room over             |

      Examples: another host
        | who     | deed                           |
        | Mallory | end the room                   |
        | Mallory | close the session              |
        | Mallory | send the host away             |
        | Mallory | take the entry off the listing |
        | Mallory | delete the room                |
        | Mallory | delete the session             |
        | Mallory | delete who was inside          |
        | Mallory | delete the entry               |
        | Mallory | take the room over             |
        | Mallory | list the room falsely          |
        | Mallory | reset the room                 |

    @S1 @needs-data-api
    Scenario Outline: <who> tries to <deed>, which is at rest
      Given Ada has a room
      And Mallory is live
      When <who> tries to <deed> of Ada through the data API
      Then the data API was tried
      And nothing about Ada's room has changed

      Examples:
        | who     | deed                      |
        | Mallory | list the room falsely     |
        | Mallory | add a session to the room |
        | Mallory | take the room over        |

    @S1 @browser @needs-data-api
    Scenario: a member tries to give a host another name
      Given Ada is live with Grace as a guest
      And Mallory is a member
      When Mallory tries to change the name of Ada through the data API
      Then the data API was tried
      And Joan sees Ada's session in the listing, with its title and host

  Rule: S2 A worthless proof of identity is not accepted

    @S2
    Scenario Outline: somebody with <proof> tries to <deed>
      Given Ada is live with Grace as a guest
      When somebody with <proof> for Ada tries to <deed> through the gateway
      Then Ada is refused as unauthenticated
      And nothing about Ada's room has changed

      Examples:
        | proof                | deed         |
        | a forged token       | end the room |
        | an expired token     | end the room |
        | a foreign token      | end the room |
        | an unsigned token    | end the room |
        | a token that is none | end the room |
        | a foreign token      | go live      |
        | a forged token       | see the room |
        | an expired token     | find a room  |

    @S2 @needs-data-api @needs-private-sessions
    Scenario Outline: somebody with <proof> reads who is inside, past the gateway
      Given Ada is live with a session that is not public
      And Grace has joined Ada's room
      When somebody with <proof> for Ada reads who is inside past the gateway
      Then Ada was told nothing

      Examples:
        | proof            |
        | a forged token   |
        | an expired token |
        | a foreign token  |

  Rule: S3 A refusal gives nothing away
    No SQL, no stack, no path, no secret.

    @S3
    Scenario Outline: the host sends <nonsense>
      Given Ada is live with Grace as a guest
      When Ada sends <nonsense> through the gateway
      Then Ada was refused every time
      And no answer gives anything away
      And nothing about Ada's room has changed

      Examples:
        | nonsense                |
        | an id with a quote      |
        | an id of another world  |
        | an id that is too long  |
        | an id with a null byte  |
        | a number out of range   |
        | a title that is a table |

    @S3
    Scenario: a stranger is refused
      Given Ada is live with Grace as a guest
      And Mallory is a member
      When Mallory tries everything on Ada's room through the gateway
      Then Mallory was refused every time
      And no answer gives anything away
      And nothing about Ada's room has changed

    @S3 @needs-database-faults
    Scenario Outline: <act>, while the database fails to write the <relation>
      Given Ada is live with Grace as a guest
      And every write to the <relation> of Ada's room fails
      When <act>
      Then no failure gives anything away

      Examples:
        | relation   | act                                           |
        | sessions   | Ada tries to end the room through the gateway |
        | attendance | Grace tries to leave Ada's room               |

  Rule: S4 Another tenant sees and changes nothing

    @S4 @needs-multi-tenant
    Scenario: a member of another tenant tries everything
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe tries everything on Ada's room through the gateway
      Then Zoe was refused every time
      And nothing about Ada's room has changed

    @S4 @needs-multi-tenant
    Scenario: a member of another tenant asks
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe asks for the state of Ada's room
      Then Zoe was told nothing

    @S4 @needs-multi-tenant
    Scenario: a member of another tenant asks which sessions a room has had
      Given Ada is live with Grace as a guest
      And Ada has asked which sessions the room has had
      And Zoe is a member of another tenant
      When Zoe asks which sessions Ada's room has had
      Then Zoe was told nothing

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant writes past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe tries to end the room of Ada through the data API
      Then the data API was tried
      And nothing about Ada's room has changed

    @S4 @browser @needs-multi-tenant
    Scenario: a member of another tenant opens the listing
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      Then Joan sees Ada's session in the listing
      And Zoe does not see Ada's session in the listing

    @S4 @browser @needs-multi-tenant
    Scenario: a host goes live while a member of another tenant looks at the listing
      Given Zoe is a member of another tenant
      And Zoe has a room
      And Zoe has the listing open in the browser
      When Ada goes live through the gateway
      And Zoe goes live through the gateway
      Then Zoe sees Zoe's session in the listing
      And Zoe has not been shown Ada's session in the listing that is open

    @S4 @needs-multi-tenant
    Scenario: a member of another tenant tries to come in
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe tries to join Ada's room
      Then Zoe is not let in
      And nothing about Ada's room has changed

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant reads the entry past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe reads Ada's entry past the gateway
      Then Zoe was told nothing

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant reads the session past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe reads Ada's sessions past the gateway
      Then Zoe was told nothing

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant reads who is inside past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe reads who is in Ada's room past the gateway
      Then Zoe was told nothing

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant reads the room past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe reads what is known of Ada's room past the gateway
      Then Zoe was told nothing

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a member of another tenant tries to write herself into the room past the gateway
      Given Ada is live with Grace as a guest
      And Zoe is a member of another tenant
      When Zoe tries to write herself into Ada's room past the gateway
      Then the data API was tried
      And Zoe is not inside Ada's session
      And nothing about Ada's room has changed

    @S4 @needs-multi-tenant @needs-data-api
    Scenario: a host of another tenant is as far away as its members
      Given Zoe is a member of another tenant
      And Zoe is live
      And Joan is a member
      When Joan reads Zoe's sessions past the gateway
      Then Joan was told nothing

    @S4 @needs-multi-tenant @needs-reset
    Scenario: a host of another tenant resets the room like any other
      Given Zoe is a member of another tenant
      And Zoe is live
      When Zoe resets the room by a request
      Then Zoe's room is at rest
      And Zoe's session is over and nobody is left inside

    @S4 @browser @needs-multi-tenant
    Scenario: a host of another tenant goes live and ends like any other
      Given Zoe is a member of another tenant
      And Zoe has a room
      When Zoe goes live through the gateway
      Then Zoe is live with exactly one open session
      And Zoe sees Zoe's session in the listing, with its title and host
      When Zoe ends the room through the gateway
      Then Zoe's room is at rest

  Rule: S5 What the host may do with their room, nobody else may
    Each deed is tried when the host would succeed with it, so that nothing but who asks is in the way.

    @S5
    Scenario Outline: <who> tries to <deed> in the host's place
      Given Ada is able to <deed>
      And Mallory is live
      And Nemo is signed out
      When <who> tries to <deed> in Ada's room through the gateway
      Then <who> is turned away
      And nothing about Ada's room has changed

      Examples:
        | who     | deed         |
        | Mallory | go live      |
        | Nemo    | go live      |
        | Mallory | end the room |

      @needs-scheduling
      Examples:
        | who     | deed               |
        | Mallory | schedule a session |

      @needs-cancelling
      Examples:
        | who     | deed               |
        | Mallory | cancel the session |
        | Nemo    | cancel the session |

      @needs-lobby
      Examples:
        | who     | deed           |
        | Mallory | open the doors |

      @needs-host-presence
      Examples:
        | who     | deed              |
        | Mallory | announce the host |
        | Nemo    | announce the host |

    @S5 @needs-lobby @needs-admission
    Scenario Outline: <who> asks who waits, in the host's place
      Given Ada has a session in the lobby with Grace waiting
      And Ada has asked who waits in the lobby
      And Mallory is live
      And Nemo is signed out
      When <who> asks who waits in Ada's lobby
      Then <who> is turned away

      Examples:
        | who     |
        | Grace   |
        | Mallory |
        | Nemo    |

  Rule: S6 Whatever changes a room is for its host alone
    Each operation that the target describes, in a state in which the host would succeed with it, tried by everybody who
    may not.

    @S6
    Scenario Outline: <who> tries every deed of the host
      Given Ada has a room
      When <who> tries every deed of Ada, at rest and live
      Then nothing that was tried has changed the room
      And whoever tried it was turned away each time

      Examples:
        | who                                              |
        | somebody who is not signed in                    |
        | somebody who is not signed in and names the host |
        | a guest                                          |
        | a member                                         |
        | a member who names the host                      |
        | the host of another room                         |
        | somebody with an expired token of the host       |
        | somebody with an altered token of the host       |
        | somebody with a foreign token of the host        |
        | somebody with the public key of the page         |

      @needs-multi-tenant
      Examples: another tenant
        | who                        |
        | a member of another tenant |

  Rule: S7 What the host's page sends, nobody else can send
    Every request by which the page changes something, sent again by everybody who may not.

    @S7 @browser
    Scenario: everybody who may not sends what the host's page has sent
      Given Ada has gone live, recovered and ended in the browser, and is live again
      When everybody who may not sends again what Ada's page has sent
      Then nothing that was tried has changed the room

  Rule: S8 Nobody comes or goes in somebody else's name
    Whoever asks is known by their proof, whatever the request says beside it.

    @S8
    Scenario: a member tries to send a guest away
      Given Ada is live with Grace as a guest
      And Mallory is a member
      When Mallory tries to leave Ada's room in Grace's name
      Then Grace is inside Ada's session
      And nothing about Ada's room has changed

    @S8
    Scenario: a member tries to bring somebody in
      Given Ada is live with Grace as a guest
      And Mallory is a member
      And Joan is a member
      When Mallory tries to join Ada's room in Joan's name
      Then Joan is not inside Ada's session

  Rule: S9 Nobody is taken for somebody else whose password they don't know
    Not by a wrong password, not by signing up as they did, and not by a cookie that their browser had before.

    @S9
    Scenario Outline: somebody who <way> tries to end the room
      Given Ada is live with Grace as a guest
      When somebody who <way> tries to end the room as Ada
      Then nothing about Ada's room has changed

      Examples:
        | way                                       |
        | does not know the password                |
        | signs up under the same e-mail            |
        | knows the cookies from before the sign-in |
