// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** Part of the heap that holds long-lived objects. */
final class OldGeneration {

    private OldGeneration() {}

    /** Returns the number of free bytes, without uncollected garbage. */
    static long free() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getMax() - usage.getUsed())
                .sum();
    }
}
