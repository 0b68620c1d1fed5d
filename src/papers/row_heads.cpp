#include "papers/row_heads.h"

#include <memory>

#include <qpdf/qpdf-c.h>

#include "base/problem.h"

namespace zielwerk::papers {
namespace {

// The C interface of qpdf: clang 14 cannot read the C++ one.
class Structure {
 public:
  explicit Structure(const std::string& pdf) : qpdf_(qpdf_init(), [](qpdf_data data) { qpdf_cleanup(&data); }) {
    qpdf_silence_errors(qpdf());
    good_ = qpdf_read_memory(qpdf(), "paper", pdf.data(), pdf.size(), nullptr) < 2;
  }

  void mark_rows() { walk(key(key(qpdf_get_root(qpdf()), "/StructTreeRoot"), "/K")); }

  std::string bytes() {
    good_ = good_ && qpdf_init_write_memory(qpdf()) < 2;
    qpdf_set_deterministic_ID(qpdf(), QPDF_TRUE);
    good_ = good_ && qpdf_write(qpdf()) < 2 && qpdf_has_error(qpdf()) == QPDF_FALSE;
    base::ensure(good_, "a PDF of our own can be read and written again");
    return {reinterpret_cast<const char*>(qpdf_get_buffer(qpdf())), qpdf_get_buffer_length(qpdf())};
  }

 private:
  qpdf_data qpdf() const { return qpdf_.get(); }
  bool dictionary(qpdf_oh object) const { return qpdf_oh_is_dictionary(qpdf(), object) == QPDF_TRUE; }
  qpdf_oh key(qpdf_oh object, const char* name) const { return dictionary(object) ? qpdf_oh_get_key(qpdf(), object, name) : qpdf_oh_new_null(qpdf()); }
  bool is(qpdf_oh object, const char* name) const { return qpdf_oh_is_name_and_equals(qpdf(), key(object, "/S"), name) == QPDF_TRUE; }
  template <class Each>
  void each(qpdf_oh array, Each with) const {
    for (int i = 0; qpdf_oh_is_array(qpdf(), array) == QPDF_TRUE && i < qpdf_oh_get_array_n_items(qpdf(), array); ++i) with(qpdf_oh_get_array_item(qpdf(), array, i), i);
  }

  void walk(qpdf_oh children) {
    if (dictionary(children)) return element(children);
    each(children, [&](qpdf_oh child, int) { element(child); });
  }

  void element(qpdf_oh one) {
    if (is(one, "/TBody")) return each(key(one, "/K"), [&](qpdf_oh row, int) { each(key(row, "/K"), [&](qpdf_oh cell, int column) { mark(cell, column == 0); }); });
    walk(key(one, "/K"));
  }

  void mark(qpdf_oh cell, bool head) {
    // A list of heads would name those of the columns only; without one a reader goes by the scopes.
    each(key(cell, "/A"), [&](qpdf_oh attribute, int) { qpdf_oh_remove_key(qpdf(), attribute, "/Headers"); });
    if (!head) return;
    if (qpdf_oh_is_array(qpdf(), key(cell, "/A")) == QPDF_FALSE) qpdf_oh_replace_key(qpdf(), cell, "/A", qpdf_oh_new_array(qpdf()));
    qpdf_oh_append_item(qpdf(), key(cell, "/A"), qpdf_oh_parse(qpdf(), "<< /O /Table /Scope /Row >>"));
    qpdf_oh_replace_key(qpdf(), cell, "/S", qpdf_oh_new_name(qpdf(), "/TH"));
  }

  std::unique_ptr<_qpdf_data, void (*)(qpdf_data)> qpdf_;
  bool good_ = false;
};

}  // namespace

std::string with_row_heads(const std::string& pdf) {
  Structure structure(pdf);
  structure.mark_rows();
  return structure.bytes();
}

}  // namespace zielwerk::papers
