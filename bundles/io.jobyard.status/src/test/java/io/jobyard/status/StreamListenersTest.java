// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.StreamPiece;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamListenersTest {

    private static final Caller ACME = Caller.bundle("com.acme");

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final SettableAccess access = new SettableAccess();
    private final FakeHandlerCatalog handlers = new FakeHandlerCatalog();
    private final StreamListeners listeners =
            new StreamListeners(access, handlers, new SettableClock(StoredJobsFixture.START));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Job job;

    @BeforeEach
    void admit() {
        job = records.store.job(records.admit(null, 5)).orElseThrow().job();
    }

    @AfterEach
    void stop() {
        listeners.stop();
    }

    @Test
    void aListenerHearsEveryPieceInOrder() {
        listeners.emitted(job, pieces(1, 1));
        listeners.bind((id, piece) -> heard.add(id + " " + piece.text()), ACME);
        listeners.emitted(job, pieces(2, 3));
        listeners.emitted(job, pieces(4, 4));
        awaitHeard(job.id() + " 2", job.id() + " 3", job.id() + " 4");
        assertThat(listeners.examine()).isEmpty();
    }

    @Test
    void aListenerHearsOfWhatItsBundleMaySeeAtThatMoment() {
        listeners.bind((id, piece) -> heard.add("acme " + piece.text()), ACME);
        access.allow(Permission.VIEW);
        listeners.emitted(job, pieces(1, 1));
        access.allow(Permission.VIEW_ALL);
        listeners.emitted(job, pieces(1, 1));
        access.allow(Permission.VIEW_ALL, Permission.PAYLOAD);
        listeners.emitted(job, pieces(2, 2));
        awaitHeard("acme 2");
        listeners.bind((id, piece) -> heard.add("alice " + piece.text()), Caller.bundle(job.submitter()));
        access.allow(Permission.VIEW);
        listeners.emitted(job, pieces(3, 3));
        awaitHeard("acme 2", "alice 3");
    }

    @Test
    void whatTheConfigurationOfATypeHidesOnlyTheSubmittersBundleHears() {
        handlers.rules.put(
                "work",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.parse("stream"),
                        false));
        listeners.bind((id, piece) -> heard.add("acme " + piece.text()), ACME);
        listeners.bind((id, piece) -> heard.add("alice " + piece.text()), Caller.bundle(job.submitter()));
        listeners.emitted(job, pieces(1, 1));
        handlers.rules.clear();
        listeners.emitted(job, pieces(2, 2));
        await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("alice 1", "alice 2", "acme 2"));
    }

    @Test
    void oneThatIsTooSlowMissesPiecesWhichTheirPositionsTell() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        List<Long> positions = new CopyOnWriteArrayList<>();
        listeners.bind(
                (id, piece) -> {
                    begun.countDown();
                    try {
                        letGo.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    positions.add(piece.position());
                },
                ACME);
        listeners.emitted(job, pieces(1, 1));
        begun.await();
        long kept = ListenerFeed.CAPACITY + 1L;
        listeners.emitted(job, pieces(2, kept + 7));
        assertThat(listeners.examine())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).endsWith(" was too slow: 7 events were dropped"))
                .extracting(Finding::fix)
                .isEqualTo("reduce the work per call; StatusReporter.stream reports the missed events");
        letGo.countDown();
        await().untilAsserted(() -> assertThat(positions).hasSize((int) kept));
        await().untilAsserted(() -> {
            listeners.emitted(job, pieces(kept + 8, kept + 8));
            assertThat(positions).contains(kept + 8);
        });
        assertThat(positions).startsWith(1L, 2L).doesNotContain(kept + 1, kept + 7);
    }

    private void awaitHeard(String... pieces) {
        await().untilAsserted(() -> assertThat(heard).containsExactly(pieces));
    }

    private static List<StreamPiece> pieces(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(position -> new StreamPiece(position, 1, StoredJobsFixture.START, "" + position))
                .toList();
    }
}
