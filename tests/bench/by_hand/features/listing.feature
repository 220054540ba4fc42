Feature: Test 4, the listing is in sync

  Scenario: another member sees the session come and go
    Given Ada is live on the page
    When Joan opens the listing
    Then Joan sees Ada's session in the listing
    When Ada ends the room on the page
    Then Ada's session is gone from the listing that Joan sees
