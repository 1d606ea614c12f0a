# One program a folder. The daemon and its control program join the rooms; slackbox shares only the ground.
function(program name)
  file(GLOB src CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmd/${name}/*.c)
  if(NOT src)
    return()
  endif()
  add_executable(${name} ${src})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmd/${name})
  target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()

program(incidentd   settings loop link api inbox outbox dispatch handlers store wire report text incident web embedded base)
program(incidentctl settings dispatch handlers store wire report text incident embedded base)
program(slackbox    base PkgConfig::UV PkgConfig::CJSON PkgConfig::CRYPTO ssl wslay)
