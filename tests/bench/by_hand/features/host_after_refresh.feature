Feature: Test 3, the host after a refresh

  Scenario: the host refreshes the page and ends the room
    Given Ada is live on the page
    When Ada refreshes the page
    Then Ada sees End Room
    When Ada ends the room on the page
    Then Ada's room is idle, without a session or a host
