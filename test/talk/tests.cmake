# talk/: conversations in text files, played at the desk. All in one test: the throw-away Postgres is the slow part.
file(GLOB talk_src CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/talk/*.c)
add_executable(talk ${talk_src})
target_link_libraries(talk PRIVATE settings inbox report base PkgConfig::CJSON PkgConfig::PQ)
add_test(NAME talk COMMAND ${CMAKE_SOURCE_DIR}/test/talk/run.sh $<TARGET_FILE:talk>)

# effects/: what becomes of each of test/samples on record. The same throw-away Postgres, the same desk.
add_executable(effects ${CMAKE_SOURCE_DIR}/test/effects/effects.c)
target_link_libraries(effects PRIVATE settings inbox base PkgConfig::PQ)
add_test(NAME effects COMMAND ${CMAKE_SOURCE_DIR}/test/talk/run.sh $<TARGET_FILE:effects> ${CMAKE_SOURCE_DIR}/test/effects)
