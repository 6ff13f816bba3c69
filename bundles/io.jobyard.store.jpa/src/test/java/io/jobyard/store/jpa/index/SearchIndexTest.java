// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreRead;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the search index comes about, and what becomes of its blocks. */
class SearchIndexTest {

    private static final JobFilter ODD = JobFilter.ALL.withLabel("odd", "true");

    @TempDir
    private Path folder;

    private DerbyStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void jobsThatWereThereBeforeAreTakenUp() throws SQLException {
        List<StoredJob> jobs = admit(1_200);
        assertThat(find(ODD)).hasSize(600);
        assertThat(progress()).isEmpty();

        store.withIndex();
        awaitIndex();
        assertThat(headers()).hasSizeBetween(3, 4);
        assertThat(count(ODD)).isEqualTo(600);
        assertThat(find(ODD)).hasSize(600).isEqualTo(odd(jobs));
    }

    @Test
    void jobsThatComeAndChangeWhileItIsFilledAreInItOnce() throws SQLException {
        List<StoredJob> jobs = admit(2_000);
        store.withIndex();
        for (StoredJob job : jobs.subList(0, 300)) {
            store.jobs().move(Moves.start(job, store.jobs()), null).join();
        }
        admit(100);
        awaitIndex();
        assertThat(count(JobFilter.ALL)).isEqualTo(2_100);
        assertThat(count(JobFilter.ALL.withStatus(JobStatus.RUNNING))).isEqualTo(300);
        assertThat(find(ODD)).hasSize(1_050).doesNotHaveDuplicates();
    }

    @Test
    void aBlockThatIsNearlyEmptyGivesItsJobsToAnother() throws SQLException {
        List<StoredJob> jobs = admit(JobBlock.PLACES + 10);
        store.withIndex();
        awaitIndex();
        List<StoredJob> ended = new ArrayList<>();
        for (StoredJob job : jobs.subList(10, JobBlock.PLACES)) {
            StoredJob running = Moves.start(job, store.jobs()).after();
            store.jobs().move(Moves.start(job, store.jobs()), null).join();
            store.jobs().move(Moves.complete(running, "{}"), null).join();
            ended.add(Moves.complete(running, "{}").after());
        }
        try (JobRemoval removal = store.jobs().removal()) {
            assertThat(removal.remove(ended).join()).hasSize(ended.size());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> count(JobFilter.ALL) == 20);
        assertThat(find(ODD)).hasSize(10);
        assertThat(headers()).hasSizeLessThanOrEqualTo(2);
        assertThat(rows("search_label")).isLessThan(60);
    }

    @Test
    void anIndexThatTheFeedDoesNotReachBackToIsMadeAnew() throws SQLException {
        admit(700);
        store.withIndex();
        awaitIndex();
        assertThat(count(ODD)).isEqualTo(350);
        store.restart(() -> {});
        admit(20);
        update("DELETE FROM search_block");
        store.restart(() -> {});
        update("UPDATE search_progress SET feed_cursor = '1-1-1'");
        while (store.feed().cut(Instant.now().plusSeconds(3_600), 0).join()) {
            assertThat(store.feed().size()).isNotNull();
        }
        store.restart(() -> {});
        awaitIndex();
        assertThat(count(ODD)).isEqualTo(360);
    }

    @Test
    void anIndexWhoseProgressWasDeletedIsMadeAnew() throws SQLException {
        admit(700);
        store.withIndex();
        awaitIndex();
        store.restart(() -> {});
        update("UPDATE search_label SET places = X''"); // as if it were wrong
        update("DELETE FROM search_progress");
        store.restart(() -> {});
        awaitIndex();
        assertThat(find(ODD)).hasSize(350);
        assertThat(count(JobFilter.ALL)).isEqualTo(700);
    }

    /** Read by the first count, those of a million jobs take half a second of it. */
    @Test
    void theFirstCountAfterAStartFindsTheBlocksInMemory() throws SQLException {
        store.withIndex();
        admit(1_200);
        awaitIndex();
        assertThat(count(ODD)).isEqualTo(600);
        store.restart(() -> {});
        await().atMost(Duration.ofSeconds(60))
                .until(() -> store.store().keptBlocks() == headers().size());
        assertThat(count(JobFilter.ALL)).isEqualTo(1_200);
    }

    /** Ids may be an hour ahead of the time of creation: without the index all jobs of an hour would be looked at. */
    @Test
    void jobsBeforeATimeAreFoundByTheIndex() throws SQLException {
        List<StoredJob> jobs = admit(50);
        Instant created = jobs.get(0).job().createdAt();
        store.withIndex();
        awaitIndex();
        JobFilter before = JobFilter.ALL.withUntil(created.plusMillis(1));
        assertThat(BlockSearch.helps(JobQuery.of(before, 20))).isTrue();
        assertThat(find(before)).contains(jobs.get(0).id());
        assertThat(find(JobFilter.ALL.withUntil(created)))
                .doesNotContain(jobs.get(0).id());
        assertThat(BlockSearch.helps(JobQuery.of(JobFilter.ALL, 20))).isFalse();
        assertThat(BlockSearch.helps(JobQuery.of(JobFilter.ALL.withSince(created), 20)))
                .isFalse();
    }

    private List<StoredJob> admit(int count) {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            jobs.add(Draft.job()
                    .labels(Map.of("odd", String.valueOf(n % 2 == 1), "n", String.valueOf(n % 50)))
                    .admitted());
        }
        store.jobs().admit(jobs).join();
        return jobs.stream().map(AdmittedJob::stored).toList();
    }

    /** The youngest first. */
    private static List<JobId> odd(List<StoredJob> jobs) {
        List<JobId> ids = new ArrayList<>();
        for (int n = jobs.size() - 1; n >= 0; n -= 2) {
            ids.add(jobs.get(n).id());
        }
        return ids;
    }

    private void awaitIndex() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> progress().filter(IndexProgress::isFilled).isPresent()
                        && page(JobQuery.of(ODD, 1)).asOf() == null);
    }

    private JobPage page(JobQuery query) {
        return store.reads().find(query, Set.of());
    }

    /** All of them: a page that took too long ends early. */
    private List<JobId> find(JobFilter filter) {
        List<JobId> found = new ArrayList<>();
        JobPage page = page(JobQuery.of(filter, 10_000));
        while (true) {
            page.jobs().forEach(job -> found.add(job.id()));
            JobId next = page.next();
            if (next == null) {
                return found;
            }
            page = page(JobQuery.of(filter, 10_000).withAfter(next));
        }
    }

    private long count(JobFilter filter) {
        return store.reads().facets(filter, Set.of(), type -> type).total();
    }

    private Optional<IndexProgress> progress() {
        return ask(IndexProgress::read);
    }

    private List<BlockHeader> headers() {
        return ask(session -> new BlockTables(store.dialect()).headers(session));
    }

    private int rows(String table) {
        return ask(session -> session.list("SELECT COUNT(*) FROM " + table, row -> row.getInt(1))
                .get(0));
    }

    private <T> T ask(StoreRead<T> question) {
        try (Connection connection = store.pool().getConnection()) {
            return question.ask(new Session(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
