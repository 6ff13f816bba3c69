// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FuturesTest {

    @Test
    void aFaultOfOneAnswerIsThrownWhenTheOthersAreThereToo() {
        AtomicBoolean waitedFor = new AtomicBoolean();
        CompletableFuture<Boolean> late = new CompletableFuture<>() {
            @Override
            public Boolean join() {
                waitedFor.set(true);
                return true;
            }
        };
        CompletableFuture<Boolean> refused = CompletableFuture.failedFuture(new StoreException("refused", null));

        assertThatThrownBy(() -> Futures.joinAll(List.of(refused, late)))
                .isInstanceOf(StoreException.class)
                .hasMessage("refused");
        assertThat(waitedFor).isTrue();
    }
}
