// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Quota;
import io.jobyard.api.spi.Quotas;
import io.jobyard.api.spi.Rate;
import io.jobyard.api.spi.Unit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What quotas let start, in the words of limits. */
final class Shares {

    private Shares() {}

    /** By the names of the shares; one that lets everything start is not among them. */
    static Map<String, LimitSettings> settings(Quotas quotas) {
        Map<String, LimitSettings> all = new HashMap<>();
        quotas.bySubmitter()
                .values()
                .forEach(shares -> shares.forEach(share -> {
                    LimitSettings settings = settings(share.quota());
                    if (!settings.equals(LimitSettings.UNBOUNDED)) {
                        all.put(share.name(), settings);
                    }
                }));
        return Map.copyOf(all);
    }

    private static LimitSettings settings(Quota quota) {
        Map<String, Rate> rates = new TreeMap<>(quota.budgets());
        if (quota.rate() != null) {
            rates.put(Unit.STARTS, quota.rate());
        }
        return new LimitSettings(quota.runningMax(), rates, null);
    }
}
