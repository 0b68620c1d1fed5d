# The libraries that read workbooks: docs/decisions/0008-xlsx-library.md.
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(XML REQUIRED IMPORTED_TARGET libxml-2.0)
set(WORKBOOK_LIBRARIES PkgConfig::ZIP PkgConfig::XML)
