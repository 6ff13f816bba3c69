// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HostStatus;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
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
            new Slots(4, 0),
            List.of(new HostHandler("mail", new HandlerName("1.2.0", "mail 1.2.0"), Set.of(), null)),
            true,
            "1.0");
    private final Hosts hosts = new Hosts(
            store.incarnation(),
            List.of(
                    new HostIncarnation(
                            OTHER, "there:2", Instant.EPOCH, Instant.EPOCH.plusSeconds(30), true, offer, null),
                    new HostIncarnation(
                            store.incarnation(), "here:1", Instant.EPOCH, null, false, HostOffer.NOTHING, null)));
    private final HostOverview overview = new HostOverview(
            Stub.<HostStore>of(HostStore.class).with("hosts", hosts).get());

    @Test
    void eachHostTellsWhatItOffers() {
        assertThat(overview.hosts())
                .containsExactly(
                        new HostStatus(
                                "there:2",
                                new HostStatus.HostLife(OTHER, Instant.EPOCH, "1.0", Instant.EPOCH.plusSeconds(30)),
                                true,
                                new HostStatus.HostLoad(4, 0, 0, 0),
                                List.of(new HostStatus.HandlerOnHost("mail", "1.2.0", "mail 1.2.0")),
                                true,
                                false),
                        new HostStatus(
                                "here:1",
                                new HostStatus.HostLife(store.incarnation(), Instant.EPOCH, "", null),
                                false,
                                new HostStatus.HostLoad(0, 0, 0, 0),
                                List.of(),
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
        assertThat(overview.hosts()).extracting(one -> one.load().running()).containsExactly(0, 2);

        store.move(Moves.complete(early, "{}")).join();
        store.move(Moves.complete(late, "{}")).join();

        assertThat(overview.hosts()).extracting(one -> one.load().running()).containsExactly(0, 0);
    }

    @Test
    void whichHostsHaveRoomIsToldWhereThereAreSeveral() {
        assertThat(room(host("a:1", 4, false, "mail"))).isEmpty();
        assertThat(room(host("a:1", 4, false, "mail"), host("b:2", 4, false, "fax")))
                .isEqualTo("; a:1 has a free worker");
        assertThat(room(host("a:1", 4, false, "mail"), host("b:2", 4, false, "mail"), host("c:3", 0, false, "mail")))
                .isEqualTo("; a:1, b:2 have a free worker");
        assertThat(room(host("a:1", 4, true, "mail"), host("b:2", 0, false, "mail")))
                .isEqualTo("; no host that serves it has a free worker: b:2 runs 0 of 0");
        assertThat(room(host("a:1", 4, true, "mail"), host("b:2", 4, false, "fax")))
                .isEmpty();
    }

    private static HostIncarnation host(String name, int room, boolean drains, String type) {
        HostHandler handler = new HostHandler(type, new HandlerName("1.2.0", "b 1.2.0"), Set.of(), null);
        return new HostIncarnation(
                UUID.randomUUID(),
                name,
                Instant.EPOCH,
                null,
                false,
                new HostOffer(new Slots(room, 0), List.of(handler), drains, "1.0"),
                null);
    }

    private static String room(HostIncarnation... living) {
        Hosts all = new Hosts(living[0].incarnation(), List.of(living));
        HostOverview overview = new HostOverview(
                Stub.<HostStore>of(HostStore.class).with("hosts", all).get());
        Draft other = Draft.job().type("mail").handlerVersion("[2,3)");
        assertThat(overview.room(other.lane())).isEmpty();
        return overview.room(Draft.job().type("mail").lane());
    }

    private StoredJob start() {
        Draft draft = Draft.job();
        store.admit(List.of(draft.admitted())).join();
        StoredJob job = store.job(draft.admitted().stored().id()).orElseThrow();
        store.move(Moves.start(job, store)).join();
        return store.job(job.id()).orElseThrow();
    }
}
