// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tool that leaves while it is called. */
@Timeout(60)
class ToolThreadsTest {

    private final ToolThreads calls = new ToolThreads();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch exit = new CountDownLatch(1);

    @Test
    void aCallThatEndsInTimeCounts() throws Exception {
        CompletableFuture<String> call = call(() -> {
            exit.await();
            return "done";
        });
        inside.await();
        CompletableFuture<Void> drain = drain(Duration.ofHours(1));
        exit.countDown();
        assertThat(call.join()).isEqualTo("done");
        drain.join();
        assertThatThrownBy(() -> calls.call(() -> "again")).isInstanceOf(ToolThreads.LeftException.class);
    }

    @Test
    void aCallThatDoesNotIsInterruptedAndEndsBecauseTheToolLeft() throws Exception {
        CompletableFuture<String> call = call(() -> {
            exit.await();
            return "done";
        });
        inside.await();
        drain(Duration.ZERO).join();
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ToolThreads.LeftException.class);
    }

    @Test
    void theFailureOfACallPasses() {
        assertThatThrownBy(() -> calls.call(() -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private CompletableFuture<String> call(Callable<String> tool) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return calls.call(() -> {
                    inside.countDown();
                    return tool.call();
                });
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private CompletableFuture<Void> drain(Duration timeout) {
        return CompletableFuture.runAsync(() -> {
            try {
                calls.drain(timeout, Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
