// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.feed.FeedPosition;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No question about the feed, and no cut, looks at more rows than it asks for, however many there are. */
class FeedPlanTest {

    private static final int COMMITS = 600;
    private static final Pattern VISITED =
            Pattern.compile("(?:Index Scan.*?Rows seen =|rows visited=) ?(\\d+)", Pattern.DOTALL);

    private interface Asked {
        void ask(FeedRows rows, Session session) throws SQLException;
    }

    @TempDir
    private static Path folder;

    private static DerbyStore store;

    /** Over two lives of the host. */
    @BeforeAll
    static void fill() throws SQLException {
        store = new DerbyStore(folder);
        for (int life = 0; life < 2; life++) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int n = 0; n < COMMITS; n++) {
                List<AdmittedJob> jobs = new ArrayList<>();
                for (int k = 0; k < 10; k++) {
                    jobs.add(Draft.job().admitted());
                }
                all.add(store.jobs().admit(jobs));
            }
            all.forEach(CompletableFuture::join);
            store.restart();
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static void visits(int most, Asked question) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Session session = new Session(connection);
            statement.execute("CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)");
            question.ask(new FeedRows(store.dialect()), session);
            String plan;
            try (ResultSet row = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_GET_RUNTIMESTATISTICS()")) {
                row.next();
                plan = row.getString(1);
            }
            connection.rollback();
            assertThat(plan).contains("Index Scan ResultSet for FEED using index FEED_NUMBER");
            assertThat(plan).doesNotContain("Table Scan", "Sort ResultSet");
            assertThat(VISITED.matcher(plan).results().map(seen -> Integer.valueOf(seen.group(1))))
                    .isNotEmpty()
                    .allSatisfy(seen -> assertThat(seen).isLessThanOrEqualTo(most));
        }
    }

    @Test
    void aPageIsReadFromItsPlaceOn() throws SQLException {
        visits(10, (rows, session) -> assertThat(rows.from(session, 1, 20, 5)).hasSize(5));
    }

    @Test
    void theNextLifeIsFoundBehindTheLastRowOfOne() throws SQLException {
        visits(
                10,
                (rows, session) -> assertThat(rows.from(session, 1, Long.MAX_VALUE, 5))
                        .hasSize(5)
                        .allSatisfy(row -> assertThat(row.incarnation()).isEqualTo(2)));
    }

    @Test
    void theOldestAreReadAlone() throws SQLException {
        visits(10, (rows, session) -> assertThat(rows.oldest(session, 1, 5)).hasSize(5));
    }

    @Test
    void aSliceIsDeletedByTheIndex() throws SQLException {
        visits(5, (rows, session) -> FeedRows.delete(session, rows.oldest(session, 1, 5)));
    }

    @Test
    void theLastOneIsFoundInSteps() throws SQLException {
        visits(2, (rows, session) -> {
            FeedPosition last = rows.last(session)
                    .map(FeedTable.FeedReach::of)
                    .orElseThrow()
                    .position();
            assertThat(last.incarnation()).isEqualTo(2);
            assertThat(last.cursor()).isEqualTo(store.feed().newest());
        });
        assertThat(store.feed().events(EventCursor.START, 10_000)).hasSize(10_000);
    }
}
