// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.handlers.HandlerCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Data that a test gives its host. Safe for use by several threads. */
final class Given {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable String> madeFor = new ThreadLocal<>();
    private volatile Set<String> lowBudgets = Set.of();

    void secrets(Map<String, String> byName) {
        secrets.putAll(byName);
    }

    /** Returns the secret; null if the test has given none with this name. */
    @Nullable
    String secret(String name) {
        return secrets.get(name);
    }

    /** Makes the following submits of this thread such of an earlier version of the handler; null for the current one. */
    void madeFor(@Nullable String version) {
        madeFor.set(version);
    }

    /** Returns a catalog of handlers for submits, which may be those of an earlier version. Its schema is unknown. */
    HandlerCatalog catalog(HandlerCatalog handlers) {
        return ServiceCall.around(HandlerCatalog.class, handlers, call -> {
            String version = madeFor.get();
            if (version != null && call.name().equals("madeFor")) {
                return Optional.of(new HandlerName(version, "earlier " + version));
            }
            return version != null && call.name().equals("problems") ? List.of() : call.proceed();
        });
    }

    void lowBudgets(Set<String> units) {
        lowBudgets = units;
    }

    boolean isBudgetLow(String unit) {
        return lowBudgets.contains(unit);
    }
}
