// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.RepeatedRequestsTest.refusal;
import static io.jobyard.client.ScriptedHostFixture.eventsAndSilence;
import static io.jobyard.client.ScriptedHostFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jobyard.api.JobType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobHandleTest {

    record Month(String month, Object part) {}

    record Pages(int pages) {}

    private static final JobType<Month, Pages> REPORT = JobType.of("report", Month.class, Pages.class);

    private ScriptedHostFixture host;
    private JobyardClient client;

    @BeforeEach
    void begin() throws IOException {
        host = new ScriptedHostFixture();
        client = host.builder().build();
        host.on("/events", eventsAndSilence());
        host.on("/api/v1/jobs", json(201, "{\"id\": \"7\", \"status\": \"queued\"}"));
        host.on("/api/v1/jobs/7", json(200, "{\"id\": \"7\", \"status\": \"completed\", \"result\": {\"pages\": 12}}"));
    }

    @AfterEach
    void end() {
        client.close();
        host.close();
    }

    @Test
    void aTypedJobHasATypedResult() {
        JobHandle<Pages> job = client.submit(REPORT, new Month("2030-01", 1), with -> with.priority(2));
        assertThat(job.result().join()).isEqualTo(new Pages(12));
        assertThat(job.id().join()).isEqualTo("7");
        assertThat(job.await().join().status()).isEqualTo("completed");
        assertThat(host.asked("/api/v1/jobs").get(0).body())
                .isEqualTo("{\"type\":\"report\",\"payload\":{\"month\":\"2030-01\",\"part\":1},\"priority\":2}");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Plugin {}

    record OwnPlugin(int n) implements Plugin {}

    @Test
    void aResultMayNotNameAClass() {
        host.on(
                "/api/v1/jobs/7",
                json(
                        200,
                        "{\"id\": \"7\", \"status\": \"completed\", \"result\": {\"@class\": \""
                                + OwnPlugin.class.getName() + "\", \"n\": 1}}"));
        JobHandle<Plugin> job = client.submit(JobType.of("report", Month.class, Plugin.class), new Month("2030-01", 1));
        JobyardClientException refused = refusal(() -> job.result().join());
        assertThat(refused.code()).isEqualTo("wrong_type");
        assertThat(refused).hasMessageStartingWith("the JSON is no Plugin: ");
    }

    @Test
    void aPayloadThatCannotBeWrittenIsNotSent() {
        JobyardClientException refused =
                refusal(() -> client.submit(REPORT, new Month("2030-01", List.of(1, new Object())))
                        .await()
                        .join());
        assertThat(refused.code()).isEqualTo("validation");
        assertThat(refused.field()).contains("payload.part[1]");
        assertThat(host.asked).isEmpty();
    }

    @Test
    void aSubmitThatIsRefusedFailsEachFuture() {
        host.on("/api/v1/jobs", json(403, "{\"code\": \"access\", \"message\": \"not allowed\"}"));
        JobHandle<Pages> job = client.submit(REPORT, new Month("2030-01", 1));
        assertThat(refusal(() -> job.id().join())).hasMessage("not allowed");
        assertThat(refusal(() -> job.result().join())).hasMessage("not allowed");
    }

    @Test
    void anAwaitIsCancelledWithoutItsSubmit() throws InterruptedException {
        host.on("/api/v1/jobs", (asked, exchange) -> {
            synchronized (host) {
                json(201, "{\"id\": \"7\", \"status\": \"queued\"}").give(asked, exchange);
            }
        });
        JobHandle<Pages> job;
        synchronized (host) {
            job = client.submit(REPORT, new Month("2030-01", 1));
            CompletableFuture<Pages> result = job.result();
            result.cancel(true);
            assertThat(result).isCancelled();
        }
        assertThat(job.id().join()).isEqualTo("7");
        assertThat(host.asked("/events")).isEmpty();
    }
}
