// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.Outcome;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many commits a job needs on an idle host: each writes one row of the feed. */
@Timeout(120)
class StartInAdmissionTest {

    @TempDir
    private Path folder;

    private DatabaseFixture rig;
    private HostFixture host;

    @BeforeEach
    void open() throws Exception {
        rig = new DatabaseFixture(EmbeddedKind.DERBY, folder, Call::make);
        rig.clear();
        host = HostFixture.open(rig, new SettableClock(Draft.T0));
        while (host.recover()) {
            // on
        }
    }

    @AfterEach
    void close() {
        host.close();
        rig.close();
    }

    private long commits() {
        String newest = host.store().service(FeedStore.class).newest().toString();
        return Long.parseLong(newest.split("-")[1]);
    }

    private JobId submit() {
        return host.manager()
                .submit(JobSpecification.type("work").payload(Map.of()).build())
                .id();
    }

    private void complete(Assignment run) {
        assertThat(host.finish(run, new Outcome.Completed("{}")).join()).isTrue();
    }

    @Test
    void aJobThatStartsWithItsAdmissionNeedsOneCommitLess() throws Exception {
        submit();
        complete(host.claim(1).get(0)); // names and numbers are known from now on
        long begin = commits();
        submit();
        complete(host.claim(1).get(0));
        assertThat(commits() - begin).isEqualTo(3);

        List<Assignment> runs = host.startAdmitted(9);
        begin = commits();
        JobId job = submit();
        await().until(() -> !runs.isEmpty());
        complete(runs.get(0));
        assertThat(commits() - begin).isEqualTo(2);
        assertThat(host.store().service(JobReads.class).history(job))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
        assertThat(host.lanes()).isEmpty();
    }
}
