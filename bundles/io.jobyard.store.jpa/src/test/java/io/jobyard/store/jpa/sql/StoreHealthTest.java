// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.store.api.StoreFault;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreHealthTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final StoreHealth health = new StoreHealth(clock, "restore a backup");

    private String tell(StoreFault fault, String text) {
        clock.advance(Duration.ofSeconds(1));
        return health.tell(fault, text);
    }

    private String problem() {
        List<Finding> findings = health.examine();
        return findings.isEmpty() ? "" : findings.get(0).problem();
    }

    @Test
    void aFullDiskStaysTheReasonUntilACommitIsMade() {
        tell(StoreFault.LOST, "no connection");
        tell(StoreFault.FULL, "full");
        assertThat(tell(StoreFault.LOST, "no connection")).isEqualTo("full");
        assertThat(tell(StoreFault.CONFLICT, "a deadlock")).isEqualTo("full");
        health.answered();
        assertThat(problem()).isEqualTo("full (since 2030-01-01T00:00:01Z, last at 2030-01-01T00:00:04Z)");
        health.committed();
        assertThat(problem()).isEmpty();
    }

    @Test
    void anAnswerTellsThatALostConnectionIsBack() {
        tell(StoreFault.LOST, "no connection");
        health.answered();
        assertThat(problem()).isEmpty();
    }

    @Test
    void damageIsFinalAndToldOnce() {
        List<String> told = new ArrayList<>();
        health.whenDamaged(told::add);
        tell(StoreFault.FULL, "full");
        tell(StoreFault.DAMAGED, "damaged");
        assertThat(tell(StoreFault.DAMAGED, "again")).isEqualTo("damaged");
        assertThat(tell(StoreFault.FULL, "full")).isEqualTo("damaged");
        health.answered();
        health.committed();
        assertThat(health.end()).isEqualTo("damaged; restore a backup");
        assertThat(problem()).startsWith("damaged (since ");
        assertThat(told).containsExactly("damaged");
        health.whenDamaged(told::add);
        assertThat(told).hasSize(2);
    }
}
