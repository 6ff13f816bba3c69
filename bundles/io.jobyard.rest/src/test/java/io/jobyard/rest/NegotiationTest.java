// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.rest.RestServer.Answered;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of its representations a path answers with. */
class NegotiationTest {

    private static RestFixture host;
    private static JobId job;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
        job = host.completed("ann", "echo");
    }

    @AfterAll
    static void end() {
        host.close();
    }

    private static String type(String path, String... headers) throws IOException {
        HttpResponse<InputStream> answer = host.server.open(path, headers);
        answer.body().close();
        return answer.statusCode() + " "
                + answer.headers().firstValue("Content-Type").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/log", "/stream"})
    void aPathWithTwoRepresentationsGivesThePreferredOne(String rest) throws IOException {
        String path = "/jobs/" + job + rest;
        String json = "200 application/json";
        String events = "200 text/event-stream;charset=utf-8";
        assertThat(type(path)).isEqualTo(json);
        assertThat(type(path, "Accept", "*/*")).isEqualTo(json);
        assertThat(type(path, "Accept", "application/json, text/event-stream, application/problem+json"))
                .as("as generated clients send it")
                .isEqualTo(json);
        assertThat(type(path, "Accept", "application/json, text/event-stream;q=0"))
                .isEqualTo(json);
        assertThat(type(path, "Accept", "text/event-stream;q=0.1", "Accept", "application/json;q=0.2"))
                .isEqualTo(json);
        assertThat(type(path, "Accept", "text/event-stream")).isEqualTo(events);
        assertThat(type(path, "Accept", "text/event-stream, */*;q=0.1")).isEqualTo(events);
        assertThat(type(path, "Accept", "text/html, text/event-stream;q=0")).isEqualTo("406 application/problem+json");
        assertThat(host.server.get(path).http().headers().allValues("Vary")).contains("Accept");
    }

    @Test
    void whatNoAnswerFitsIsRefusedBeforeAnythingIsDone() {
        Answered refused = host.server.post(
                "/jobs", "{\"type\": \"echo\", \"payload\": {\"text\": \"hi\"}}", "Accept", "application/xml");
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.json())
                .containsEntry("code", "not_acceptable")
                .containsEntry("fix", "send Accept: application/json");
        assertThat(host.server.get("/jobs?submitter=root").json()).containsEntry("jobs", List.of());
    }

    @Test
    void pathsWithOneRepresentationFollowTheSameRule() throws IOException {
        for (String path : new String[] {"/events", "/live"}) {
            assertThat(type(path, "Accept", "application/json")).isEqualTo("406 application/problem+json");
            assertThat(type(path, "Accept", "*/*")).startsWith("200 text/event-stream");
        }
        assertThat(type("/openapi.json", "Accept", "text/html")).isEqualTo("406 application/problem+json");
        assertThat(type("/openapi.json", "Accept", "text/html, */*;q=0.8")).startsWith("200");
    }
}
