// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hosts of earlier versions left on Derby, copied to PostgreSQL. */
@Timeout(300)
class OldStoreCopyTest {

    private static final String UNSTORABLE = "a\0b\uD83Dc \uD83D\uDE00";

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    void everyHistoryIsReadAsBefore() throws Exception {
        int jobs;
        List<List<String>> changes;
        try (OldStoreFixture old = new OldStoreFixture(folder, Wire.SOUND)) {
            old.copy();
            Connection migrated = old.wired();
            old.migrate(migrated, Schema.CURRENT, step -> {});
            jobs = LayoutRows.rows(migrated, "SELECT id FROM job").size();
            changes = LayoutRows.rows(migrated, "SELECT job_id, COUNT(*) FROM history GROUP BY job_id");
            writeWhatNotEveryDatabaseHolds(migrated);
            try (CopiedStore from = new CopiedStore(old.dialect(), "the old one", migrated);
                    CopiedStore to = new CopiedStore(new PostgresDialect(), url, server.connect(url))) {
                assertThat(new StoreCopy(from, to, "", step -> {}, StoreCopy.SLICE).run())
                        .startsWith(jobs + " jobs are copied");
            }
        }
        assertThat(changes).isNotEmpty();
        try (PostgresStore host =
                new PostgresStore(folder, server, url, new Claimant("here:1", "", Duration.ofSeconds(30)))) {
            for (List<String> job : changes) {
                JobId id = id(job.get(0));
                assertThat(host.reads().job(id)).isPresent();
                assertThat(host.reads().history(id))
                        .hasSize(Integer.parseInt(job.get(1)))
                        .extracting(HistoryEvent::to)
                        .doesNotContainNull();
            }
            assertThat(host.audit().verifyHistories()).isEmpty();
            assertThat(host.reads().log(id(changes.get(0).get(0))).get(0).text())
                    .isEqualTo("a\uFFFDb\uFFFDc \uD83D\uDE00");
        }
    }

    private static JobId id(String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        return new JobId(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** To the first job in the order of the hexadecimal ids. */
    private static void writeWhatNotEveryDatabaseHolds(Connection connection) throws SQLException {
        String least = "(SELECT MIN(job_id) FROM history)";
        try (PreparedStatement log = connection.prepareStatement("DELETE FROM job_log WHERE job_id = " + least)) {
            log.executeUpdate();
        }
        try (PreparedStatement log = connection.prepareStatement(
                "INSERT INTO job_log (job_id, line, written_at, run, content) SELECT job_id, 1, 0, 1, CAST(? AS VARCHAR(2000))"
                        + " FROM history WHERE job_id = " + least + " AND seq = 1")) {
            log.setString(1, UNSTORABLE);
            assertThat(log.executeUpdate()).isOne();
        }
    }
}
