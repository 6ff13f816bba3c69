// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.auditing.AuditRow;
import io.jobyard.api.spi.hosting.HostLife;
import io.jobyard.api.spi.hosting.HostOffer;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.hosting.Hosts;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.SettableAccess;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Caller ANN = Caller.administrator("ann");

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final AtomicBoolean drains = new AtomicBoolean();
    private final Access access = new SettableAccess();
    private final DrainOperations operations = new DrainOperations(
            Stub.<HostStore>of(HostStore.class)
                    .with("hosts", new Hosts(id(7), List.of(host("a", 1), host("b", 7), host("b", 9))))
                    .get(),
            now -> drains.getAndSet(now) != now,
            scheduler.memory,
            access,
            scheduler.clock);

    private static HostLife host(String name, int process) {
        return new HostLife(id(process), name + ":" + process, Instant.EPOCH, null, false, HostOffer.NOTHING);
    }

    private static UUID id(int process) {
        return new UUID(0, process);
    }

    @Test
    void aDrainBeginsOnceAndEndsOnceAndTheAuditTellsIt() {
        operations.begin(null, ANN);
        operations.begin("b:7", ANN);
        assertThat(drains).isTrue();
        operations.end("b:7", ANN);
        assertThat(drains).isFalse();
        assertThatThrownBy(() -> operations.end(null, ANN))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("host b:7 does not drain");

        assertThat(scheduler.memory.rows(scheduler.memory.incarnation(), 0, 9))
                .extracting(AuditRow::entry)
                .extracting(entry -> entry.action() + " " + entry.target() + " " + entry.detail())
                .endsWith("drain host b:7 begins", "drain host b:7 ends");
    }

    @Test
    void onlyThisHostIsDrainedAndItsNameMustBeClear() {
        assertThatThrownBy(() -> operations.begin("a", ANN))
                .isInstanceOf(StateConflictException.class)
                .hasMessageStartingWith("host a:1 is another than this one");
        assertThatThrownBy(() -> operations.begin("b", ANN))
                .isInstanceOf(ValidationException.class)
                .hasMessage("several hosts are called b: use one of a:1, b:7, b:9");
        assertThatThrownBy(() -> operations.begin("c", ANN)).isInstanceOf(ValidationException.class);
        assertThat(drains).isFalse();
    }
}
