// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many messages the committer exchanges with PostgreSQL for a commit. */
@Timeout(120)
class CommitMessagesTest {

    @TempDir
    private Path folder;

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        store = new PostgresStore(folder, server, server.newSchema(), OpenedStore.HERE, this::carry);
        store.awaitElection();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Object carry(Call call) throws Throwable {
        boolean isCommitters = Thread.currentThread().getName().startsWith("jobyard-committer");
        if (isCommitters && (call.name().startsWith("execute") || call.isCommit())) {
            messages.add(call.sql());
        }
        return call.make();
    }

    private StoredJob admitted() {
        AdmittedJob job = Draft.job().admitted();
        store.jobs().admit(List.of(job)).join();
        return job.stored();
    }

    private StoredJob started(StoredJob job) {
        Move start = Moves.start(job, store.jobs());
        assertThat(store.jobs().move(start, null).join()).isTrue();
        return start.after();
    }

    private void ended(StoredJob job) {
        ReleaseRule none = (dependent, edges) -> {
            throw new IllegalStateException(dependent + " waits for no job");
        };
        assertThat(store.jobs().move(Moves.complete(job, "{}"), none).join()).isTrue();
    }

    /** Changes that arrive while the committer looks at others' commits are not counted: they may come at any time. */
    private List<String> ofChanges() {
        return messages.stream()
                .filter(sql -> !sql.contains("UNION ALL") || sql.contains("INSERT"))
                .filter(sql -> sql.contains("job"))
                .toList();
    }

    @Test
    void aSubmitIsOne() {
        admitted();
        messages.clear();
        StoredJob job = admitted();
        assertThat(ofChanges())
                .singleElement()
                .asString()
                .startsWith("INSERT INTO job (")
                .endsWith("; COMMIT");
        assertThat(store.reads().job(job.id())).isPresent();
    }

    @Test
    void aSubmitWhoseJobStartsAtOnceIsTwo() {
        store.jobs().startWith(new AdmissionStarts() {
            @Override
            public Move start(StoredJob admitted) {
                return Moves.start(admitted, store.jobs());
            }

            @Override
            public void settle(List<Assignment> runs) {}
        });
        admitted();
        messages.clear();
        StoredJob job = admitted();
        assertThat(messages).noneMatch(sql -> sql.contains("UPDATE job"));
        assertThat(ofChanges())
                .singleElement()
                .asString()
                .contains("leader", "INSERT INTO job (", "UPDATE running", "INSERT INTO feed");
        assertThat(messages.get(messages.indexOf(ofChanges().get(0)) + 1)).endsWith("; COMMIT");
        assertThat(store.reads().job(job.id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aThousandNewJobsAreOne() {
        admitted();
        messages.clear();
        List<AdmittedJob> jobs =
                Stream.generate(() -> Draft.job().admitted()).limit(1_000).toList();
        store.jobs().admit(jobs).join();
        assertThat(ofChanges()).singleElement().asString().contains("unnest").endsWith("; COMMIT");
        JobId last = jobs.get(999).stored().id();
        assertThat(store.reads().job(last)).isPresent();
    }

    @Test
    void anEndAsksForItsCountAndCommitsWithTheSecond() {
        ended(started(admitted())); // the sum of the seals is read at the first end
        StoredJob running = started(admitted());
        messages.clear();
        ended(running);
        int update = indexOf("UPDATE job SET");
        assertThat(messages.get(update + 1))
                .contains("DELETE FROM running", "UPDATE sealed", "INSERT INTO feed")
                .endsWith("; COMMIT");
    }

    private int indexOf(String sql) {
        return messages.indexOf(
                messages.stream().filter(one -> one.contains(sql)).findFirst().orElseThrow());
    }

    @Test
    void aMoveThatComesTooLateLeavesTheOthersOfItsMessage() {
        StoredJob early = started(admitted());
        StoredJob late = started(admitted());
        ended(late);
        CompletableFuture<Boolean> ended = store.jobs().move(Moves.complete(early, "{}"), null);
        CompletableFuture<Boolean> twice = store.jobs().move(Moves.complete(late, "{}"), null);
        assertThat(ended.join()).isTrue();
        assertThat(twice.join()).isFalse();
        assertThat(store.reads().job(early.id()).orElseThrow().job().status()).isEqualTo(JobStatus.COMPLETED);
    }
}
