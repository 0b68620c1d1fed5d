# The pages (web/) are built by Vite and built into the binary.
set(WEB_OUT "${CMAKE_CURRENT_BINARY_DIR}/pages")
set(web_files app.js app.js.br app.js.gz app.css app.css.br app.css.gz index.html index.html.br index.html.gz icon.svg icon.svg.br icon.svg.gz
  fira-sans-400.woff2 fira-sans-600.woff2)
list(TRANSFORM web_files PREPEND "${WEB_OUT}/" OUTPUT_VARIABLE web_outputs)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/src/*" "${PROJECT_SOURCE_DIR}/web/public/*")
foreach(one web/index.html web/package.json web/package-lock.json web/vite.config.ts web/compress.mjs web/tsconfig.json tools/build_web.sh)
  list(APPEND web_sources "${PROJECT_SOURCE_DIR}/${one}")
endforeach()
add_custom_command(
  OUTPUT ${web_outputs}
  COMMAND "${PROJECT_SOURCE_DIR}/tools/build_web.sh" "${WEB_OUT}"
  DEPENDS ${web_sources}
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" VERBATIM)
resources(server server "${WEB_OUT}" ${web_files})
