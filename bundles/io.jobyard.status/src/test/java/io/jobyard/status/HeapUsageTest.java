// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeapUsageTest {

    private static final long MEBIBYTE = 1024 * 1024;

    private static MemoryPoolMXBean pool(MemoryType type, boolean keeps, @Nullable MemoryUsage left) {
        return (MemoryPoolMXBean) Proxy.newProxyInstance(
                HeapUsageTest.class.getClassLoader(),
                new Class<?>[] {MemoryPoolMXBean.class},
                (proxy, method, none) -> {
                    return switch (method.getName()) {
                        case "getType" -> type;
                        case "isUsageThresholdSupported" -> keeps;
                        case "getCollectionUsage" -> left;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static MemoryUsage used(long mebibytes) {
        return new MemoryUsage(0, mebibytes * MEBIBYTE, 170 * MEBIBYTE, 170 * MEBIBYTE);
    }

    @Test
    void aHeapThatCollectionsLeaveFullIsFound() {
        HeapUsage room = new HeapUsage(List.of(
                pool(MemoryType.HEAP, false, used(170)),
                pool(MemoryType.NON_HEAP, true, used(170)),
                pool(MemoryType.HEAP, true, used(162))));
        assertThat(room.examine()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo(Finding.MEMORY);
            assertThat(finding.problem()).contains("162 of 170 MiB");
        });
    }

    @Test
    void oneThatHasRoomOrWasNotCollectedIsNot() {
        assertThat(new HeapUsage(List.of(pool(MemoryType.HEAP, true, used(161)))).examine())
                .isEmpty();
        assertThat(new HeapUsage(List.of(pool(MemoryType.HEAP, true, null))).examine())
                .isEmpty();
    }

    @Test
    void thisJavaHasAPoolOfWhatStays() {
        assertThat(ManagementFactory.getMemoryPoolMXBeans())
                .anyMatch(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported());
    }
}
