// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host sets in its session. */
class PostgresSessionTest {

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCommitterSetsSomethingOnlyWhereItKeepsItsSession(boolean keepsSessions) throws SQLException {
        HostCandidate claimant =
                new HostCandidate("here:1", "", Duration.ofSeconds(30), keepsSessions, (now, nanos) -> {});
        Set<String> set = ConcurrentHashMap.newKeySet();
        Wire wire = call -> {
            boolean isCommitters = Thread.currentThread().getName().equals("jobyard-committer-1");
            if (isCommitters && call.sql().startsWith("SET ")) {
                set.add(call.sql());
            }
            return call.make();
        };
        try (PostgresStore store = new PostgresStore(folder, server, server.newSchema(), claimant, wire)) {
            store.jobs().admit(List.of(Draft.job().admitted())).join();
            assertThat(set.stream().anyMatch(sql -> sql.contains("enable_seqscan = off")))
                    .isEqualTo(keepsSessions);
        }
    }
}
