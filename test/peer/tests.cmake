# peer/: Slack's own SDK against slackbox. Needs node and, the first time, npm's registry.
find_program(NODE node)
find_program(NPM npm)
if(NODE AND NPM AND TARGET slackbox)
  add_test(NAME peer.bolt
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/run.sh $<TARGET_FILE:slackbox> ${CMAKE_BINARY_DIR}/peer)
  set_tests_properties(peer.bolt PROPERTIES TIMEOUT 600)
endif()
