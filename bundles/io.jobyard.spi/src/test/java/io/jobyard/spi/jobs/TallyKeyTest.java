// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyKeyTest {

    @Test
    void keysOfManyUsersTypesAndQueuesHaveHashesOfTheirOwn() {
        Set<Integer> hashes = new HashSet<>();
        for (int user = 0; user < 1_000; user++) {
            for (int type = 0; type < 20; type++) {
                for (int queue = 0; queue < 5; queue++) {
                    hashes.add(new TallyKey(JobStatus.QUEUED, 5, "queue" + queue, "type" + type, "user" + user)
                            .hashCode());
                }
            }
        }
        assertThat(hashes).hasSizeGreaterThan(99_000);
    }
}
