Feature: Test 1, stuck room recovery

  Scenario: the host goes live from a room that is stuck in the lobby
    Given Ada's room is stuck in the lobby with an ended session
    When Ada goes live on the page
    Then the page tells Ada that her room was reset
    And Ada's room is live with a new session
