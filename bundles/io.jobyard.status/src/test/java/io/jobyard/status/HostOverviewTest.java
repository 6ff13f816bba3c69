// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HostStatus;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.hosting.HostHandler;
import io.jobyard.api.spi.hosting.HostLife;
import io.jobyard.api.spi.hosting.HostOffer;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.hosting.Hosts;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostOverviewTest {

    private static final UUID OTHER = new UUID(0, 9);

    private final InMemoryStore store = new InMemoryStore(new UUID(0, 1), "here:1");
    private final HostOffer offer = new HostOffer(
            4, List.of(new HostHandler("mail", new HandlerName("1.2.0", "mail 1.2.0"), Set.of(), null)), true, "1.0");
    private final Hosts hosts = new Hosts(
            store.incarnation(),
            List.of(
                    new HostLife(OTHER, "there:2", Instant.EPOCH, Instant.EPOCH.plusSeconds(30), true, offer, null),
                    new HostLife(store.incarnation(), "here:1", Instant.EPOCH, null, false, HostOffer.NOTHING, null)));
    private final HostOverview overview = new HostOverview(
            Stub.<HostStore>of(HostStore.class).with("hosts", hosts).get());

    @Test
    void eachHostTellsWhatItOffers() {
        assertThat(overview.hosts())
                .containsExactly(
                        new HostStatus(
                                "there:2",
                                OTHER,
                                Instant.EPOCH,
                                true,
                                Instant.EPOCH.plusSeconds(30),
                                4,
                                0,
                                List.of(new HostStatus.Handler("mail", "1.2.0", "mail 1.2.0")),
                                "1.0",
                                true,
                                false),
                        new HostStatus(
                                "here:1",
                                store.incarnation(),
                                Instant.EPOCH,
                                false,
                                null,
                                0,
                                0,
                                List.of(),
                                "",
                                false,
                                true));
    }

    @Test
    void aHostThatDrainsServesNothingMore() {
        assertThat(overview.typesElsewhere()).isEmpty();
    }

    @Test
    void runsAreCountedByTheHostThatHasThem() {
        StoredJob early = start();
        store.listen(new FakeCommitListener(overview::opened, overview::committed));
        StoredJob late = start();
        assertThat(overview.hosts()).extracting(HostStatus::running).containsExactly(0, 2);

        store.move(Moves.complete(early, "{}")).join();
        store.move(Moves.complete(late, "{}")).join();

        assertThat(overview.hosts()).extracting(HostStatus::running).containsExactly(0, 0);
    }

    private StoredJob start() {
        Draft draft = Draft.job();
        store.admit(List.of(draft.admitted())).join();
        StoredJob job = store.job(draft.admitted().stored().id()).orElseThrow();
        store.move(Moves.start(job, store)).join();
        return store.job(job.id()).orElseThrow();
    }
}
