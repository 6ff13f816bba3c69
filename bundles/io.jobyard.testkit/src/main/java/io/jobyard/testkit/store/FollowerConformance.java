// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import org.junit.jupiter.api.Test;

interface FollowerConformance extends Conformance {

    EventCursor FIRST = EventCursor.of("1-1-1");
    EventCursor SECOND = EventCursor.of("1-2-1");

    private FollowerStore followers() {
        return under().service(FollowerStore.class);
    }

    @Test
    default void aFollowerMovesOnWithItsJobs() {
        AdmittedJob job = Draft.job().admitted();
        assertThat(followers().position("hook")).isEmpty();
        assertThat(done(followers().advance("hook", null, EventCursor.START, List.of())))
                .isTrue();
        assertThat(done(followers().advance("hook", EventCursor.START, FIRST, List.of(job))))
                .isTrue();
        assertThat(followers().position("hook")).contains(FIRST);
        assertThat(followers().position("HOOK")).isEmpty();
        assertThat(reads().job(job.stored().id())).isPresent();
        under().restart();
        assertThat(followers().position("hook")).contains(FIRST);
    }

    @Test
    default void oneThatIsSomewhereElseStaysAndItsJobsAreNotStored() {
        AdmittedJob job = Draft.job().admitted();
        done(followers().advance("hook", null, FIRST, List.of()));
        assertThat(done(followers().advance("hook", null, SECOND, List.of(job))))
                .isFalse();
        assertThat(done(followers().advance("hook", SECOND, FIRST, List.of(job))))
                .isFalse();
        assertThat(done(followers().advance("other", FIRST, SECOND, List.of(job))))
                .isFalse();
        assertThat(followers().position("hook")).contains(FIRST);
        assertThat(followers().position("other")).isEmpty();
        assertThat(reads().job(job.stored().id())).isEmpty();
    }
}
