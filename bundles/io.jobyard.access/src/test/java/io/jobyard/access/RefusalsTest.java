// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Caller PORTAL = Caller.bundle("com.acme.portal");

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final List<AuditEntry> rows = new ArrayList<>();
    private final Refusals refusals = new Refusals(clock, rows::add);

    @Test
    void whoeverIsRefusedTheSameAgainAndAgainGetsARowAndASum() {
        for (int n = 0; n < 1_000; n++) {
            refusals.refused(PORTAL.as("ann"), "job 1 of bob", "cancel, without cancel:all");
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(rows).hasSize(1);
        assertThat(refusals.rest())
                .containsExactly(new AuditEntry(
                        Instant.ofEpochSecond(10),
                        "bundle com.acme.portal",
                        "refused",
                        "",
                        "999 more since 1970-01-01T00:00:00Z, the last user ann, by bundle com.acme.portal: cancel,"
                                + " without cancel:all job 1 of bob"));
        assertThat(refusals.rest()).isEmpty();
        refusals.refused(PORTAL.as("ann"), "job 1 of bob", "cancel, without cancel:all");
        assertThat(rows).hasSize(2);
    }

    @Test
    void howeverManyNamesAndJobsAreTriedThereAreFewRows() {
        for (int n = 0; n < 1_000; n++) {
            refusals.refused(PORTAL.as("user" + n), "job " + n, "see, without view:all");
        }
        assertThat(rows).hasSize(Refusals.KINDS);
        assertThat(refusals.rest()).hasSize(1);
    }

    @Test
    void oneCallersRefusalsHideNobodyElses() {
        for (int n = 0; n < 100; n++) {
            refusals.refused(PORTAL, "job " + n, "see, without view:all");
        }
        rows.clear();
        refusals.refused(Caller.administrator("root").as("eve"), "job 1", "see, without view:all");
        assertThat(rows).extracting(AuditEntry::who).containsExactly("user eve, by administrator root");
    }
}
