// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.testkit.SettableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Caller ANN = Caller.administrator("ann");

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private final List<String> asked = new ArrayList<>();
    private boolean changes = true;
    private final DrainOperations operations = new DrainOperations(
            Stub.<HostStore>of(HostStore.class)
                    .with("hosts", new Hosts(id(7), List.of(host("a", 1), host("b", 7), host("b", 9))))
                    .on("askToDrain", arguments -> {
                        AuditEntry audit = (AuditEntry) arguments[2];
                        asked.add(arguments[0].equals(id(7))
                                + " " + arguments[1] + ": " + audit.who() + ", " + audit.action() + " " + audit.target()
                                + " "
                                + audit.detail());
                        return CompletableFuture.completedFuture(changes);
                    })
                    .get(),
            new SettableAccess(),
            scheduler.clock);

    private static HostIncarnation host(String name, int process) {
        return new HostIncarnation(
                id(process), name + ":" + process, Instant.EPOCH, null, false, HostOffer.NOTHING, null);
    }

    private static UUID id(int process) {
        return new UUID(0, process);
    }

    @Test
    void thisHostOrAnotherIsAskedInTheNameOfTheCaller() {
        operations.begin(null, ANN);
        operations.begin("a", ANN);
        operations.end("b:7", ANN);

        assertThat(asked)
                .containsExactly(
                        "true true: administrator ann, drain host b:7 begins",
                        "false true: administrator ann, drain host a:1 begins",
                        "true false: administrator ann, drain host b:7 ends");
    }

    @Test
    void aDrainThatHasBegunBeginsOnceAndOneThatHasNotCannotEnd() {
        changes = false;
        operations.begin(null, ANN);
        assertThatThrownBy(() -> operations.end("a", ANN))
                .isInstanceOf(StateConflictException.class)
                .hasMessage("host a:1 is not draining");
    }

    @Test
    void itsNameMustBeClear() {
        assertThatThrownBy(() -> operations.begin("b", ANN))
                .isInstanceOf(ValidationException.class)
                .hasMessage("several hosts have the name b; use one of a:1, b:7, b:9");
        assertThatThrownBy(() -> operations.begin("c", ANN))
                .isInstanceOf(ValidationException.class)
                .hasMessage("unknown host c; use one of a:1, b:7, b:9");
        assertThat(asked).isEmpty();
    }
}
