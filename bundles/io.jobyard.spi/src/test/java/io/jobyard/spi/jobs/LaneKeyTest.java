// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneKeyTest {

    private static LaneKey key(int user, int type, int queue) {
        return new LaneKey(
                "queue" + queue, 5, "user" + user, "type" + type, WantedHandler.ANY, List.of(), false, false);
    }

    @Test
    void keysOfManyUsersTypesAndQueuesHaveHashesOfTheirOwn() {
        Set<Integer> hashes = new HashSet<>();
        for (int user = 0; user < 1_000; user++) {
            for (int type = 0; type < 20; type++) {
                for (int queue = 0; queue < 5; queue++) {
                    hashes.add(key(user, type, queue).hashCode());
                }
            }
        }
        assertThat(hashes).hasSizeGreaterThan(99_000);
        assertThat(key(1, 2, 3)).isEqualTo(key(1, 2, 3)).hasSameHashCodeAs(key(1, 2, 3));
    }
}
