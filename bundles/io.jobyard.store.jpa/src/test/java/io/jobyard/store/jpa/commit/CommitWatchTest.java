// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.spi.store.StoreMaintenance.Commits;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CommitWatchTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final CommitWatch watch = new CommitWatch(nanos::get);
    private final Change row = new RowWrite(transaction -> {}, new CompletableFuture<>());
    private final Change step = new CommitterTask(() -> {}, new CompletableFuture<>());

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Throwable noProvider() {
        return new IllegalStateException(new NoSuchAlgorithmException("HmacSHA256 not available"));
    }

    @Test
    void aCommitterThatWaitsForWorkIsNoFinding() {
        watch.begins();
        watch.stored(List.of(row));
        watch.ends();
        pass(Duration.ofHours(1));
        assertThat(watch.examine()).isEmpty();
        assertThat(watch.commits(0).stalledFor()).isZero();
    }

    @Test
    void oneThatIsAtTheSameCommitForLongIsToldWithItsPlace() {
        watch.begins();
        pass(CommitWatch.LONG.minusNanos(1));
        assertThat(watch.examine()).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(watch.examine())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .startsWith("the committer has stored nothing for 11 s while changes wait: it is in io.jobyard.");
        assertThat(watch.commits(0).stalledFor())
                .isEqualTo(Duration.ofSeconds(12).minusNanos(1));
        watch.stored(List.of(row));
        assertThat(watch.examine()).isEmpty();
    }

    @Test
    void changesThatFailAgainAndAgainAreToldWithTheirCauseAlsoWhileOthersAreStored() {
        watch.begins();
        watch.failed(List.of(row), noProvider());
        watch.ends();
        assertThat(watch.examine()).isEmpty();
        pass(Duration.ofSeconds(13));
        watch.stored(List.of(step));
        watch.failed(List.of(row), noProvider());
        assertThat(watch.examine())
                .extracting(Finding::problem)
                .containsExactly("the committer cannot store some changes: 2 have failed for 13 s:"
                        + " NoSuchAlgorithmException: HmacSHA256 not available");
        assertThat(watch.commits(7)).isEqualTo(new Commits(Duration.ofSeconds(13), "NoSuchAlgorithmException", 2, 7));
        watch.stored(List.of(row));
        assertThat(watch.examine()).isEmpty();
        assertThat(watch.commits(0).failures()).isEqualTo(2);
    }

    @Test
    void oneThatFailedOnceAndNeverCameAgainIsForgottenAfterAWhile() {
        watch.failed(List.of(row), noProvider());
        pass(Duration.ofSeconds(30));
        assertThat(watch.examine()).hasSize(1);
        pass(Duration.ofSeconds(31));
        assertThat(watch.examine()).isEmpty();
    }
}
