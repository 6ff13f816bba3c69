// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.doubles.Stub;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.HistorySeals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditKeeperTest extends AuditLivesFixture {

    @Test
    void theHeadIsKeptAtTheBeginningAndAtTheStop() throws IOException {
        Path heads = data.resolve("audit.heads");
        audit.add(new AuditEntry(clock.instant(), "user ann", "cancel", "job 1", ""));
        AuditKeeper keeper = new AuditKeeper(audit, store, clock, Duration.ofSeconds(60));
        await().until(() -> Files.exists(heads));
        String begun = Files.readString(heads);
        assertThat(begun).contains(FIRST.toString());
        audit.add(new AuditEntry(clock.instant(), "user ann", "cancel", "job 2", ""));
        assertThat(heads).content().as("not before its time").isEqualTo(begun);
        keeper.stop();
        assertThat(heads).content().contains(FIRST.toString()).isNotEqualTo(begun);
    }

    @Test
    void aStoreThatDoesNotAnswerDoesNotKeepTheHostFromStopping() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        AuditStore silent = Stub.<AuditStore>of(AuditStore.class)
                .on("lives", none -> List.of(FIRST))
                .on("historySeals", none -> List.of(new HistorySeals(FIRST, 1, 1, "00")))
                .on("append", entry -> never)
                .on("last", none -> Optional.empty())
                .get();
        AuditKeeper keeper = new AuditKeeper(of(silent), silent, clock, Duration.ofMillis(10));
        keeper.stop();
        assertThat(never).isNotDone();
        never.complete(null); // or the thread would stay
    }
}
