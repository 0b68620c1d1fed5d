#include "evaluation/implied.h"

namespace zielwerk::evaluation {

Implied implied(const Offered& offered, const LastYear& last) {
  Implied result;
  if (offered.count_change) result.integrations = last.integrations * (1 + *offered.count_change / 100);
  if (!offered.rate_change || *offered.rate_change <= -100 || last.stock == 0) return result;
  const Exact factor = 1 + *offered.rate_change / 100;
  const Exact rate = last.integrations / last.stock * factor;
  result.rate = rate * 100;
  result.at_equal_stock = rate * last.stock;
  if (last.stock_before && *last.stock_before != 0) result.at_trend = rate * last.stock * last.stock / *last.stock_before;
  result.growth_at_equal_integrations = (1 / factor - 1) * 100;
  if (offered.count_change) {
    const Exact growth = (1 + *offered.count_change / 100) / factor;
    result.stock_growth = (growth - 1) * 100;
    result.stock = last.stock * growth;
  }
  return result;
}

}  // namespace zielwerk::evaluation
