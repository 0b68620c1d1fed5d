#include "papers/row_heads.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf asks: std::shared_ptr only
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace zielwerk::papers {
namespace {

bool tagged(QPDFObjectHandle element, const char* name) { return element.isDictionary() && element.getKey("/S").isNameAndEquals(name); }

// What a cell says about its table; made if it says nothing.
QPDFObjectHandle table_attribute(QPDFObjectHandle cell) {
  if (!cell.getKey("/A").isArray()) cell.replaceKey("/A", QPDFObjectHandle::newArray());
  auto attributes = cell.getKey("/A");
  for (auto attribute : attributes.aitems()) {
    if (attribute.isDictionary() && attribute.getKey("/O").isNameAndEquals("/Table")) return attribute;
  }
  return attributes.appendItemAndGetNew(QPDFObjectHandle::parse("<< /O /Table >>"));
}

}  // namespace

std::string with_row_heads(const std::string& pdf) {
  QPDF document;
  document.processMemoryFile("paper", pdf.data(), pdf.size());
  for (auto row : document.getAllObjects()) {
    if (!tagged(row, "/TR") || !tagged(row.getKey("/P"), "/TBody") || !row.getKey("/K").isArray()) continue;
    auto cells = row.getKey("/K").aitems();
    bool first = true;
    for (auto cell : cells) {
      auto attribute = table_attribute(cell);
      // A list of heads would name those of the columns only; without one a reader goes by the scopes.
      attribute.removeKey("/Headers");
      if (first) {
        cell.replaceKey("/S", QPDFObjectHandle::newName("/TH"));
        attribute.replaceKey("/Scope", QPDFObjectHandle::newName("/Row"));
      }
      first = false;
    }
  }
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const auto bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

}  // namespace zielwerk::papers
