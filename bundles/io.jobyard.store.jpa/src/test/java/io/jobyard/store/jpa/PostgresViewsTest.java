// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of PostgreSQL offer besides rows: histories for people, and the places of ready jobs. */
@Timeout(120)
class PostgresViewsTest {

    private static final String WORDS = "two\nlines, \\ a \"quote\", \\n and ü";

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new PostgresStore(folder, server, url, new HostCandidate("here:1", "", Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredJob move(Move move) {
        assertThat(store.jobs().move(move, null).join()).isTrue();
        return move.after();
    }

    private List<String> viewed(JobId id) throws SQLException {
        try (Connection connection = server.connect(url);
                PreparedStatement query = connection.prepareStatement("SELECT at, who, from_status, to_status, reason,"
                        + " host, run, attempt, why FROM job_history WHERE job = ? ORDER BY version")) {
            query.setObject(1, UUID.fromString(id.toString()));
            List<String> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    List<Object> row = new ArrayList<>();
                    row.add(rows.getObject(1, OffsetDateTime.class).toInstant());
                    for (int n = 2; n <= 9; n++) {
                        row.add(rows.getObject(n));
                    }
                    found.add(row.stream().map(String::valueOf).collect(Collectors.joining("|")));
                }
            }
            return found;
        }
    }

    private static String told(HistoryEvent event) {
        List<Object> row = new ArrayList<>();
        row.add(event.at());
        row.add(event.who());
        row.add(event.from() == null ? null : event.from().text());
        row.add(event.to().text());
        row.add(event.reason() == null ? null : event.reason().text());
        row.add(event.run().host());
        row.add(event.run().number());
        row.add(event.run().attempt());
        row.add(event.why());
        return row.stream().map(Objects::toString).collect(Collectors.joining("|"));
    }

    @Test
    void everyHistoryReadsInSqlAsTheHostTellsIt() throws SQLException {
        StoredJob told = admitted();
        for (int n = 0; n < 40; n++) { // so that the oldest lines are on pages
            StoredJob running = move(Moves.start(told, store.jobs()));
            told = move(Moves.because(Moves.lose(running), "ann, by administrator root", WORDS + n));
        }
        move(Moves.fail(move(Moves.start(told, store.jobs())), "boom"));
        List<HistoryEvent> history = store.reads().history(told.id());
        assertThat(history).hasSize(83);
        assertThat(viewed(told.id()))
                .containsExactlyElementsOf(
                        history.stream().map(PostgresViewsTest::told).toList());
    }

    private StoredJob admitted() {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).join();
        return job.stored();
    }

    @Test
    void theNextJobsOfALaneAreReadFromTheirIndex() throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO job (id, submitter, created_at, type, priority, timeout_millis, max_retries,"
                    + " if_dependency_fails, status, run, attempt, changed_at, version, pending, losses, trail, lane,"
                    + " ready_at) SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), 'ada', 0, 'echo', 5, 1000, 3, 'fail',"
                    + " 'queued', 0, 0, 0, 1, 0, 0, '', CASE WHEN n % 20 = 0 THEN n % 3 END, n"
                    + " FROM generate_series(1, 20000) AS n");
            statement.execute("ANALYZE job");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("EXPLAIN SELECT ready_at, id FROM ready WHERE lane = 1"
                    + " AND ready_at > 500 ORDER BY lane, ready_at, id FETCH FIRST 100 ROWS ONLY")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            assertThat(plan.toString()).contains("job_lane").doesNotContain("Sort", "Seq Scan");
        }
    }

    /** Whole commits of neighbours change at once: a page needs room for a second version of each of its rows. */
    @Test
    void aJobsRowStaysInItsPageUntilTheJobHasEnded() throws SQLException {
        List<AdmittedJob> jobs = Stream.generate(
                        () -> Draft.job().payload("\"" + "x".repeat(200) + "\"").admitted())
                .limit(400)
                .toList();
        store.jobs().admit(jobs).join();
        Map<String, Integer> before = pages();
        List<StoredJob> running = moveAll(jobs.stream()
                .map(job -> Moves.start(job.stored(), store.jobs()))
                .toList());
        moveAll(running.stream().map(job -> Moves.complete(job, "{}")).toList());
        Map<String, Integer> after = pages();
        assertThat(after).hasSize(400).hasSameSizeAs(before);
        assertThat(after.entrySet().stream().filter(job -> job.getValue().equals(before.get(job.getKey()))))
                .hasSizeGreaterThan(360);
    }

    private List<StoredJob> moveAll(List<Move> moves) {
        List<CompletableFuture<Boolean>> stored = moves.stream()
                .map(move -> store.jobs().move(move, null).toCompletableFuture())
                .toList();
        assertThat(stored).allMatch(CompletableFuture::join);
        return moves.stream().map(Move::after).toList();
    }

    /** The page of each job's row. */
    private Map<String, Integer> pages() throws SQLException {
        Map<String, Integer> pages = new HashMap<>();
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT encode(id, 'hex'), (ctid::text::point)[0]::int FROM job")) {
            while (rows.next()) {
                pages.put(rows.getString(1), rows.getInt(2));
            }
        }
        return pages;
    }
}
