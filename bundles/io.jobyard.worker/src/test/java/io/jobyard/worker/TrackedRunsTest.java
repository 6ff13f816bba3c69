// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.running.Outcome;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrackedRunsTest {

    private final TrackedRuns runs = new TrackedRuns();

    private void sent(int outcomes) {
        for (int n = 0; n < outcomes; n++) {
            runs.outcomeSent(run(), new Outcome.Completed("{}"));
        }
    }

    private boolean stored() {
        return runs.outcomeStored(run());
    }

    private static Run run() {
        return new Run(
                new AssignmentFixture(new UUID(0, 1)).of("work", null, "{}", 5), RunThread.WORKER, () -> 0, run -> {});
    }

    @Test
    void aStoredOutcomeIsNewsWhereItMakesRoomOrIsTheLast() {
        sent(257);
        assertThat(stored()).as("256 are left, the most").isTrue();
        assertThat(stored()).as("there is room").isTrue();
        assertThat(stored()).as("there was room before").isFalse();
        for (int left = 253; left > 0; left--) {
            assertThat(stored()).isFalse();
        }
        assertThat(stored()).as("the last").isTrue();
    }
}
