// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.spi.Examiner;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Checks the free heap after a garbage collection. A host with almost no free heap spends most of its time in garbage
 * collection.
 */
@Component
public final class HeapUsage implements Examiner {

    private static final long MEBIBYTE = 1024 * 1024;
    /** Percentage of the maximum size. */
    private static final int FULL = 95;

    private final Collection<MemoryPoolMXBean> pools;

    @Activate
    public HeapUsage() {
        this(ManagementFactory.getMemoryPoolMXBeans());
    }

    HeapUsage(Collection<MemoryPoolMXBean> pools) {
        this.pools = List.copyOf(pools);
    }

    @Override
    public List<Finding> examine() {
        return survivors().filter(HeapUsage::isFull).map(HeapUsage::finding).toList();
    }

    /**
     * Returns the usage after a collection, only of the pools for long-lived objects. The pools for new objects are
     * emptied by each collection.
     */
    private Stream<MemoryUsage> survivors() {
        return pools.stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull);
    }

    private static boolean isFull(MemoryUsage usage) {
        return usage.getMax() > 0 && usage.getUsed() * 100 >= usage.getMax() * FULL;
    }

    private static Finding finding(MemoryUsage usage) {
        return new Finding(
                Finding.MEMORY,
                "after a collection " + usage.getUsed() / MEBIBYTE + " of " + usage.getMax() / MEBIBYTE
                        + " MiB of the heap remain in use: the host is busy collecting garbage",
                "give the host a larger heap, for example with JOBYARD_JAVA_OPTS=-Xmx1g at start, or let fewer"
                        + " jobs of different users, types and queues be ready at once");
    }
}
