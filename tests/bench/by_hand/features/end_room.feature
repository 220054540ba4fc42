Feature: Test 2, End Room persists

  Scenario: the host ends the room from the page
    Given Ada is live on the page
    When Ada ends the room on the page
    Then Ada's room is idle, without a session or a host
