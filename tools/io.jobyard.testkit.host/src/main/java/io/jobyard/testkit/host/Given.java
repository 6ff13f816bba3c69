// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Data that a test gives its host. Safe for use by several threads. */
final class Given {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private volatile Set<String> lowBudgets = Set.of();

    void secrets(Map<String, String> byName) {
        secrets.putAll(byName);
    }

    /** Returns the secret; null if the test has given none with this name. */
    @Nullable
    String secret(String name) {
        return secrets.get(name);
    }

    void lowBudgets(Set<String> units) {
        lowBudgets = units;
    }

    boolean isBudgetLow(String unit) {
        return lowBudgets.contains(unit);
    }
}
