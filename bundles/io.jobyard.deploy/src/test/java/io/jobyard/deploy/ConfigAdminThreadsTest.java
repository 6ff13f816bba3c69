// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether it is told that nobody reads the files any more. */
class ConfigAdminThreadsTest {

    @Test
    void aThreadThatHasEndedIsToldAndOthersAreNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        Stream.of("CM Configuration Updater", "CM Event Dispatcher (Update: pid=x)")
                .forEach(name -> threads.add(new Thread(() -> await(end), name)));
        threads.forEach(Thread::start);
        try {
            assertThat(new ConfigAdminThreads(List.of("CM Configuration Updater", "CM Event Dispatcher")).examine())
                    .isEmpty();
            assertThat(new ConfigAdminThreads(List.of("CM Event Dispatcher", "CM Other")).examine())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.problem())
                            .contains("the threads CM Other were interrupted and have ended"));
        } finally {
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void aHostThatReadsNoFilesHasNothingToTell() {
        assertThat(new ConfigAdminThreads(List.of()).examine()).isEmpty();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
