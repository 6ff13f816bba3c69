// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TypedCountTest extends HandlerContract {

    record Text(@Field(minLength = 1) List<String> lines) {}

    record Count(int words) {}

    record Bad(InputStream file) {}

    @HandlesJob("typed_count")
    static final class TypedCount implements TypedJobHandler<Text, Count> {
        @Override
        public Count handle(Text payload, JobContext context) {
            return new Count(payload.lines().size());
        }
    }

    @HandlesJob("typed_nothing")
    static final class TypedNothing implements TypedAsyncJobHandler<Text, Void> {
        @Override
        public CompletionStage<Void> handle(Text payload, JobContext context) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @HandlesJob("typed_bad")
    static final class TypedBad implements TypedJobHandler<Bad, Count> {
        @Override
        public Count handle(Bad payload, JobContext context) {
            return new Count(0);
        }
    }

    @Override
    protected List<HandlerExample> examples() {
        return List.of(HandlerExample.ofTyped(TypedCount::new, Map.of("lines", List.of("a", "b"))));
    }

    @Test
    void theResultIsTheRecordOfTheHandler() {
        try (TestHost host = TestHost.with(new TypedCount())) {
            TestJob job = host.submit(Map.of("lines", List.of("a", "b"))).await();
            assertThat(job.result(Count.class)).isEqualTo(new Count(2));
            assertThat(job.result()).isEqualTo(Map.of("words", 2));
        }
    }

    @Test
    void aPayloadThatDoesNotMatchIsRefusedByItsPath() {
        try (TestHost host = TestHost.with(new TypedCount())) {
            assertThatThrownBy(() -> host.submit(Map.of("lines", List.of("a", 1))))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("payload.lines[1] does not match the schema of typed_count");
        }
    }

    @Test
    void anAsynchronousHandlerMayHaveNoResult() {
        try (TestHost host = TestHost.withAsync(new TypedNothing())) {
            assertThat(host.submit(Map.of("lines", List.of("a"))).await().result())
                    .isEmpty();
        }
    }

    @Test
    void aHandlerThatAHostRefusesHasNoTestHost() {
        assertThatThrownBy(() -> TestHost.with(new TypedBad()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("payload.file is a java.io.InputStream");
    }
}
