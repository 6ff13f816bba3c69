// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.ReadyJob;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyWindowTest {

    private static ReadyJob job(int number) {
        return new ReadyJob(Instant.EPOCH.plusSeconds(number / 3), new JobId(new UUID(0, number)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itHoldsWhatASortedSetHolds(long seed) {
        Random random = new Random(seed);
        ReadyWindow window = new ReadyWindow();
        TreeSet<ReadyJob> set = new TreeSet<>();
        for (int step = 0; step < 20_000; step++) {
            ReadyJob job = job(random.nextInt(60));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> assertThat(window.add(job)).isEqualTo(set.add(job));
                case 3 -> {
                    window.remove(job);
                    set.remove(job);
                }
                case 4 -> assertThat(window.pollFirst()).isEqualTo(set.pollFirst());
                case 5 -> {
                    int most = 5 + random.nextInt(50);
                    window.keep(most);
                    while (set.size() > most) {
                        set.pollLast();
                    }
                }
                case 6 -> {
                    ReadyJob last = job(30 + random.nextInt(30));
                    window.keepUpTo(last);
                    set.tailSet(last, false).clear();
                }
                default -> {
                    if (!set.isEmpty()) {
                        assertThat(window.first()).isEqualTo(set.first());
                        assertThat(window.last()).isEqualTo(set.last());
                    }
                }
            }
            assertThat(window).containsExactlyElementsOf(set);
        }
    }

    @Test
    void anEmptyOneHasNoFirst() {
        ReadyWindow window = new ReadyWindow();
        assertThat(window.pollFirst()).isNull();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(window::first);
        window.add(job(1));
        window.remove(job(1));
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(window::last);
    }
}
