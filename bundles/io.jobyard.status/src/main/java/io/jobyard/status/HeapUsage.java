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

/** Checks what is left of the heap after a collection: a host that has next to nothing left does little but collect. */
@Component
public final class HeapUsage implements Examiner {

    private static final long MEBIBYTE = 1024 * 1024;
    /** Of the largest size, in percent. */
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

    /** What collections left where objects that stay are kept; the pools of those that have just been made are emptied each time. */
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
