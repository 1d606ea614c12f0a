# talk/: conversations in text files, played at the desk with a throw-away Postgres.
file(GLOB talk_src CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/talk/*.c)
file(GLOB talks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/talk/*.talk)
add_executable(talk ${talk_src})
target_link_libraries(talk PRIVATE settings inbox report base PkgConfig::CJSON PkgConfig::PQ)
foreach(file ${talks})
  get_filename_component(name ${file} NAME_WE)
  add_test(NAME talk.${name} COMMAND ${CMAKE_SOURCE_DIR}/test/talk/run.sh $<TARGET_FILE:talk> ${file})
endforeach()
