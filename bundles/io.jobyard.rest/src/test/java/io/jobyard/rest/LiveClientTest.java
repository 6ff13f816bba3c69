// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.Stub;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients that take all that they are told, of sources that never run dry; turns are taken one by one. */
class LiveClientTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<LiveClient> ended = new ArrayList<>();
    private final AtomicBoolean isGood = new AtomicBoolean(true);
    private int written;

    private LiveClient client() {
        AsyncContext context = Stub.<AsyncContext>of(AsyncContext.class)
                .on("complete", arguments -> null)
                .get();
        return new LiveClient(context, new Out(), new Flood(), isGood::get, turns::add, ended::add);
    }

    private void turn() {
        turns.remove().run();
    }

    @Test
    void whoIsToldWithoutAPauseLeavesOthersTheirTurns() {
        LiveClient first = client();
        LiveClient second = client();
        first.wake();
        second.wake();
        turn();
        int ofFirst = written;
        assertThat(ofFirst).isPositive();
        turn();
        assertThat(written).isEqualTo(2 * ofFirst);
        assertThat(turns).as("both go on").hasSize(2);
    }

    @Test
    void aStreamEndsWithItsCredentialAlsoWhileEventsFlow() {
        LiveClient client = client();
        client.wake();
        turn();
        isGood.set(false);
        client.look(System.nanoTime() + Duration.ofMillis(500).toNanos());
        int before = written;
        turn();
        assertThat(ended).containsExactly(client);
        assertThat(written).isEqualTo(before);
        assertThat(turns).isEmpty();
    }

    @Test
    void itsCredentialIsAskedForWithinHalfASecond() {
        assertThat(LiveClient.ASKED_AGAIN).isLessThanOrEqualTo(Duration.ofMillis(500));
    }

    private static final class Flood implements LiveSource {

        @Override
        public byte @Nullable [] next() {
            return new byte[] {'.'};
        }
    }

    private final class Out extends ServletOutputStream {

        @Override
        public void write(int b) {
            written++;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("the test does not listen");
        }
    }
}
