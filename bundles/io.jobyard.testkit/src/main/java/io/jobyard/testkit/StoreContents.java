// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Content of a store in memory as far as callers can change it, for tests that compare it before and after a call. */
public final class StoreContents {

    private static final int MOST = 1_000;

    private StoreContents() {}

    /**
     * Returns values that are equal if no call has changed the store between two reads. Every change of a job adds an event, so the newest
     * event stands for all jobs.
     */
    public static List<Object> of(InMemoryStore store) {
        return List.of(
                store.newest(),
                store.last(),
                schedules(store),
                List.copyOf(store.definitions()),
                List.copyOf(store.pauses()),
                List.copyOf(store.bulks().bulks(MOST)),
                List.copyOf(store.identities().users()),
                List.copyOf(store.identities().tokens(null)),
                List.copyOf(store.identities().sessions()),
                store.hosts());
    }

    /** Omits the times that only the host decides. */
    private static Set<List<Object>> schedules(InMemoryStore store) {
        return store.schedules().schedules().stream()
                .map(schedule -> List.<Object>of(
                        schedule.name(),
                        String.valueOf(schedule.definition()),
                        String.valueOf(schedule.pause()),
                        String.valueOf(schedule.fires().lastJob()),
                        String.valueOf(schedule.backfill())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
