// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryingThreadTest {

    @Test
    void aTaskThatEndsWithAnErrorIsLeftToDo() {
        AtomicInteger runs = new AtomicInteger();
        RetryingThread thread = new RetryingThread("retrying");
        thread.execute(() -> {
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("on purpose");
            }
        });
        await().until(() -> runs.get() == 1);
        thread.stop();
        assertThat(runs).as("the stop does what is left").hasValue(2);
    }
}
