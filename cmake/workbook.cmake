# The libraries that read and write workbooks: docs/decisions/0008-xlsx-library.md.
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(XML REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
set(WORKBOOK_LIBRARIES PkgConfig::ZIP PkgConfig::XML PkgConfig::XLSXWRITER)
