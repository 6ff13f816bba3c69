// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.testkit.store.Draft;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Inbox inbox = new Inbox(2);

    private static Change admission() {
        return admission(1);
    }

    private static Change admission(int jobs) {
        return new Admission(
                Stream.generate(() -> Draft.job().admitted()).limit(jobs).toList(), new CompletableFuture<>());
    }

    private static Change release() {
        return new RowWrite(rows -> {}, new CompletableFuture<>());
    }

    @Test
    void tooManyAdmissionsAreRefusedAfterAWhile() throws InterruptedException {
        inbox.offer(admission(), Duration.ZERO);
        inbox.offer(admission(), Duration.ZERO);
        assertThatThrownBy(() -> inbox.offer(admission(), Duration.ofMillis(1)))
                .isInstanceOf(QuotaException.class)
                .hasMessageContaining("busy");
    }

    @Test
    void whatIsNoAdmissionComesFirstAndAlwaysGetsIn() throws InterruptedException {
        Change admission = admission();
        inbox.offer(admission, Duration.ZERO);
        inbox.offer(admission(), Duration.ZERO);
        Change one = release();
        Change two = release();
        inbox.put(one);
        inbox.put(two);

        assertThat(inbox.take(3)).containsExactly(one, two, admission);
    }

    @Test
    void anAdmissionIsNotStarvedByOtherChanges() throws InterruptedException {
        Change admission = admission();
        inbox.offer(admission, Duration.ZERO);
        IntStream.range(0, 20).forEach(n -> inbox.put(release()));

        assertThat(inbox.take(16)).hasSize(15).endsWith(admission);
        assertThat(inbox.take(16)).hasSize(6);
    }

    @Test
    void anAdmissionCountsByItsJobs() throws InterruptedException {
        Change many = admission(3);
        Change one = admission(1);
        inbox.offer(many, Duration.ZERO);
        inbox.offer(one, Duration.ZERO);
        Change urgent = release();
        inbox.put(urgent);

        assertThat(inbox.take(3)).containsExactly(urgent, many);
        assertThat(inbox.take(3)).containsExactly(one);
    }

    @Test
    void anInterruptCutsAPauseShortAndIsNotTakenForTheEnd() {
        Thread.currentThread().interrupt();
        assertThat(inbox.pause(Duration.ofHours(1))).isTrue();
        assertThat(Thread.interrupted()).isFalse();
        inbox.close();
        assertThat(inbox.pause(Duration.ofHours(1))).isFalse();
    }

    @Test
    void whatHappensBetweenCommitsIsTakenAlone() {
        Change first = release();
        Change between = new CommitterTask(() -> {}, new CompletableFuture<>());
        inbox.put(first);
        inbox.put(between);
        inbox.put(release());

        assertThat(inbox.take(9)).containsExactly(first);
        assertThat(inbox.take(9)).containsExactly(between);
        assertThat(inbox.take(9)).hasSize(1);
    }

    @Test
    void afterItIsClosedTheRestIsTakenAndNothingGetsIn() {
        inbox.put(release());
        inbox.close();

        assertThatThrownBy(() -> inbox.put(release())).isInstanceOf(StoreException.class);
        assertThat(inbox.take(9)).hasSize(1);
        assertThat(inbox.take(9)).isEmpty();
    }
}
