// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobManager;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.limits.LimitDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits and queues that people make while the host runs. */
class LimitOperationsTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    @Test
    void aLimitIsMadeChangedKeyByKeyAndRemoved() {
        scheduler.manager.setLimit("openai", Map.of("running.max", "2", "rate.tokens", " 5/m "));
        assertThat(definition().inOneLine()).isEqualTo("rate.tokens = 5/m, running.max = 2");
        scheduler.manager.setLimit("openai", Map.of("running.max", "3", "rate.tokens", ""));
        assertThat(definition().inOneLine()).isEqualTo("running.max = 3");
        scheduler.manager.removeLimit("openai");
        assertThat(scheduler.memory.definitions()).isEmpty();

        assertThat(audit())
                .extracting(AuditEntry::action, AuditEntry::target, AuditEntry::detail)
                .containsExactly(
                        tuple("limit", "limit openai", "set: rate.tokens = 5/m, running.max = 2"),
                        tuple("limit", "limit openai", "set: running.max = 3"),
                        tuple("limit", "limit openai", "removed"));
    }

    @Test
    void aQueueOfTheSameNameIsAnother() {
        scheduler.manager.setLimit("bulk", Map.of("running.max", "2"));
        scheduler.manager.setQueue("bulk", Map.of("types", "a*"));
        assertThat(scheduler.memory.definitions()).hasSize(2);
        scheduler.manager.removeQueue("bulk");
        assertThat(scheduler.memory.definitions()).hasSize(1);
    }

    @Test
    void whatTheQueueRefusesIsNotStored() {
        scheduler.queue.undefinable = new ValidationException("running.max = 0 is refused");
        assertThatThrownBy(() -> scheduler.manager.setLimit("openai", Map.of("running.max", "0")))
                .isSameAs(scheduler.queue.undefinable);
        assertThat(scheduler.memory.definitions()).isEmpty();
        assertThat(audit()).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        assertThatThrownBy(() -> scheduler.manager.setLimit("openai", Map.of("running.max", "")))
                .hasMessage("limit openai would have no keys: set KEY=VALUE, or remove it");
        assertThatThrownBy(() -> scheduler.manager.setLimit("openai", Map.of("a = b", "2")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("invalid key or value 'a = b'");
        assertThatThrownBy(() -> scheduler.manager.setLimit("openai", Map.of("key", "a\nb")))
                .hasMessageContaining("printable characters for its value");
        assertThatThrownBy(() -> scheduler.manager.setQueue("openai", Map.of("types", "a".repeat(4_000))))
                .hasMessageContaining("use at most 4000");
        assertThatThrownBy(() -> scheduler.manager.removeQueue("openai"))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("unknown queue openai");
    }

    @Test
    void onlyAdministratorsMay() {
        JobManager acme = scheduler.of(Caller.bundle("com.acme"));
        scheduler.access.allow(Permission.OPERATE);
        assertThatThrownBy(() -> acme.setLimit("openai", Map.of("running.max", "2")))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("may not define limits and queues");
        assertThatThrownBy(() -> acme.removeLimit("openai")).isInstanceOf(AccessException.class);
        scheduler.access.allow(Permission.ADMIN);
        acme.setLimit("openai", Map.of("running.max", "2"));
        assertThat(scheduler.memory.definitions()).hasSize(1);
    }

    private LimitDefinition definition() {
        return scheduler.memory.definitions().get(0);
    }

    private List<AuditEntry> audit() {
        return scheduler.memory.rows(scheduler.memory.incarnation(), 1, 10).stream()
                .map(AuditRow::entry)
                .toList();
    }
}
