// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.jobs.Slots;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface HostConformance extends Conformance {

    private static AuditEntry entry(String detail) {
        return new AuditEntry(Draft.T0, "ann", "drain", "host here", detail);
    }

    @Test
    default void aHostHearsThatItIsAskedToDrainAndTheAuditTellsWhoAsked() {
        Recorder heard = Recorder.on(under());
        UUID self = jobs().incarnation();
        assertThat(done(under().hosts().askToDrain(self, false, entry("never began"))))
                .isFalse();
        assertThat(done(under().hosts().askToDrain(self, true, entry("begins"))))
                .isTrue();
        assertThat(done(under().hosts().askToDrain(self, true, entry("twice")))).isFalse();
        heard.awaitHost(host -> Boolean.TRUE.equals(host.drainAsked()));

        assertThat(done(under().hosts().askToDrain(self, false, entry("ends")))).isTrue();
        heard.awaitHost(host -> Boolean.FALSE.equals(host.drainAsked()));
        assertThat(audit().rows(self, 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(entry("begins"), entry("ends"));
    }

    @Test
    default void aHostThatDrainsByItselfIsNotAskedToAndCanBeToldToGoOn() {
        Recorder heard = Recorder.on(under());
        UUID self = jobs().incarnation();
        under().hosts().offer(new HostOffer(new Slots(4, 0), List.of(), true, "1.0"));
        heard.awaitHost(host -> host.offer().draining());
        assertThat(done(under().hosts().askToDrain(self, true, entry("begins"))))
                .isFalse();
        assertThat(done(under().hosts().askToDrain(self, false, entry("ends")))).isTrue();
    }

    @Test
    default void whoHasEndedIsAskedInVain() {
        assertThat(done(under().hosts().askToDrain(new UUID(1, 2), true, entry("begins"))))
                .isFalse();
    }
}
