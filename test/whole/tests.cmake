# whole/: the real binaries, with a Postgres and a slackbox of their own. Needs node 18 and Postgres' programs.
find_program(NODE node)
if(NOT NODE)
  message(FATAL_ERROR "test/whole needs node (18 or newer): install it, or configure with -DNODE=/path/to/node")
endif()
function(whole name timeout)
  add_test(NAME whole.${name}
    COMMAND ${NODE} ${CMAKE_CURRENT_LIST_DIR}/${name}.mjs
            $<TARGET_FILE:incidentd> $<TARGET_FILE:incidentctl> $<TARGET_FILE:slackbox>)
  set_tests_properties(whole.${name} PROPERTIES TIMEOUT ${timeout})
endfunction()
whole(kill 420)
whole(away 180)
whole(once 240)
whole(garbage 120)
whole(drift 120)
whole(own 120)
whole(replicas 180)
whole(box_faults 60) # slackbox by itself
whole(replay 120)
whole(redact 180)
whole(lease 120)
whole(hung 180)
whole(links 240)
