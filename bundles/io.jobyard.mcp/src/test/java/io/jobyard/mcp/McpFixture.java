// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.spi.Caller;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The protocol over a host in memory. Its jobs: {@code add}, {@code fail}, {@code picture}, {@code long} until the test lets it end, and {@code ask} for a signal. */
final class McpFixture implements AutoCloseable {

    static final String ASKING = "\"elicitation\": {}, ";
    static final String TASKS = "\"extensions\": {\"io.modelcontextprotocol/tasks\": {}}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SECOND = Duration.ofSeconds(1);

    final FakeHandlerCatalog handlers = new FakeHandlerCatalog("add", "fail", "long", "ask", "picture");
    final SettableAccess access = new SettableAccess();
    final List<Caller> callers = new ArrayList<>();
    final CountDownLatch end = new CountDownLatch(1);
    final McpProtocol protocol;

    private final TestHost host = TestHost.with(
                    "add",
                    context -> Map.of(
                            "sum",
                            (int) context.payload().get("a")
                                    + (int) context.payload().get("b")))
            .and("picture", context -> Map.of("content", context.payload().get("blocks")))
            .and("fail", context -> {
                throw new PermanentException("the printer is on fire");
            })
            .and("long", context -> {
                end.await();
                return Map.of("after", "long");
            })
            .and(
                    "ask",
                    context -> Map.of(
                            "said",
                            context.signal("approved", Object.class, Duration.ofDays(1))
                                    .orElse("nothing")));

    McpFixture() {
        handlers.schemas.put("add", "{\"properties\": {\"a\": {\"type\": \"integer\", \"x-mcp-header\": \"First\"}}}");
        protocol = new McpProtocol(
                new McpServices(this::jobs, this::reporter, new ToolCatalog(handlers, access)),
                () -> new McpSettings(Duration.ZERO, SECOND),
                "1.2.3");
    }

    private JobManager jobs(Caller caller) {
        callers.add(caller);
        return Stub.<JobManager>before(JobManager.class, host.jobs())
                .on("await", arguments -> awaited((JobId) arguments[0]))
                .get();
    }

    private Job awaited(JobId id) {
        TestJob job = host.job(id);
        switch (job.job().type()) {
            case "long" -> host.advance(Duration.ZERO);
            case "ask" -> job.awaitWaiting();
            default -> job.awaitEnd();
        }
        return job.job();
    }

    private StatusReporter reporter(Caller caller) {
        callers.add(caller);
        return Stub.<StatusReporter>of(StatusReporter.class)
                .on("resolve", arguments -> JobId.of((String) arguments[0]))
                .on("status", arguments -> job((JobId) arguments[0]))
                .on("result", arguments -> result(host.job((JobId) arguments[0])))
                .on("explain", arguments -> explanation(job((JobId) arguments[0])))
                .on("steps", arguments -> host.job((JobId) arguments[0]).steps())
                .get();
    }

    Job job(JobId id) throws JobNotFoundException {
        return host.jobs().job(id);
    }

    private static JobResult result(TestJob job) {
        boolean completed = job.status() == JobStatus.COMPLETED;
        return new JobResult(
                job.id(),
                job.status(),
                completed ? job.result() : null,
                job.job().state().error(),
                null,
                null,
                null);
    }

    private static Explanation explanation(Job job) {
        return new Explanation(
                job.id(), job.status(), "so it is " + job.status().text(), List.of());
    }

    /** Lets the long job end. */
    void endLong(String id) {
        end.countDown();
        host.job(JobId.of(id)).awaitEnd();
    }

    void awaitEnd(String id) {
        host.job(JobId.of(id)).awaitEnd();
    }

    /** Params of the new revision, with what the client can and what it asks. */
    static String params(String capabilities, String more) {
        return "{\"_meta\": {\"io.modelcontextprotocol/protocolVersion\": \"2026-07-28\","
                + " \"io.modelcontextprotocol/clientCapabilities\": {" + capabilities + "}}" + more + "}";
    }

    JsonNode modern(String method, String capabilities, String more) throws Exception {
        return ask(method, params(capabilities, more));
    }

    /** The whole response to a request on streams. */
    JsonNode ask(String method, String params) throws Exception {
        JsonNode answer = said(protocol.answer(Caller.user("ann"), request(method, params), null));
        assertThat(answer.at("/jsonrpc").asText()).isEqualTo("2.0");
        assertThat(answer.at("/id").asInt()).isEqualTo(7);
        return answer;
    }

    static String request(String method, String params) {
        return "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"" + method + "\", \"params\": " + params + "}";
    }

    static JsonNode said(RpcAnswer answer) throws Exception {
        return JSON.readTree(answer.text());
    }

    /** With headers of HTTP. */
    RpcAnswer http(String method, String params, Map<String, String> headers) throws Exception {
        return protocol.answer(Caller.user("ann"), request(method, params), name -> header(headers, name));
    }

    private static @Nullable String header(Map<String, String> headers, String name) {
        return headers.get(name);
    }

    @Override
    public void close() {
        end.countDown();
        host.close();
    }
}
