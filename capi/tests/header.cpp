// The header as C++17: it compiles, and its functions have C linkage.
#include "homeveil.h"

#include <memory>

int main() {
    homeveil_policy *raw = nullptr;
    if (homeveil_policy_new(&raw) != HOMEVEIL_STATUS_OK) {
        return 1;
    }
    std::unique_ptr<homeveil_policy, decltype(&homeveil_policy_free)> policy(raw, &homeveil_policy_free);
    homeveil_bytes *json = nullptr;
    if (homeveil_policy_to_json(policy.get(), &json) != HOMEVEIL_STATUS_OK) {
        return 2;
    }
    std::unique_ptr<homeveil_bytes, decltype(&homeveil_bytes_free)> text(json, &homeveil_bytes_free);
    return homeveil_bytes_len(text.get()) > 10 ? 0 : 3;
}
