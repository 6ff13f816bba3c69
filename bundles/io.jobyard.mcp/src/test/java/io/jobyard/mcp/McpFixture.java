// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.AccessException;
import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Progress;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.operations.Administration;
import io.jobyard.operations.OperationRegistry;
import io.jobyard.operations.Submissions;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.store.IdempotentSubmission;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    final Subscriptions listening = new Subscriptions();
    final TaskWaits waits = new TaskWaits();
    /** What has been told beside the answers. */
    final List<Map<String, ?>> told = new CopyOnWriteArrayList<>();
    /** How far each job is that has not ended. */
    volatile @Nullable Progress progress;
    /** Whether callers may see what becomes of jobs. */
    volatile boolean mayView = true;

    private final Map<String, List<Submission>> once = new HashMap<>();
    private final ReplyChannel channel = new ReplyChannel() {
        @Override
        public boolean carriesMore() {
            return true;
        }

        @Override
        public void tell(Map<String, ?> notification) {
            told.add(notification);
        }
    };
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
                new McpServices(
                        (caller, seen) -> jobs(caller),
                        this::reporter,
                        new ToolCatalog(
                                handlers, access, operations((caller, seen) -> jobs(caller), this::reporter, access)),
                        Stub.<IdempotentSubmission>of(IdempotentSubmission.class)
                                .on("submit", this::once)
                                .get(),
                        listening,
                        waits),
                () -> new McpSettings(Duration.ZERO, SECOND),
                "1.2.3");
    }

    /** The operations of a host over these services. */
    static Operations operations(JobManagers jobs, StatusReporters reporters, Access access) {
        Clock clock = Clock.systemUTC();
        return new OperationRegistry(
                jobs,
                reporters,
                access,
                clock,
                new Submissions(
                        new FakeHandlerCatalog(),
                        Stub.<HostStore>of(HostStore.class).get(),
                        access,
                        new FakeSizeLimits(),
                        clock),
                new Administration(
                        access,
                        Stub.<AuditTrail>of(AuditTrail.class).get(),
                        Stub.<SignIn>of(SignIn.class).get(),
                        Stub.<Identities>of(Identities.class).get()));
    }

    private JobManager jobs(Caller caller) {
        callers.add(caller);
        return Stub.<JobManager>before(JobManager.class, host.jobs())
                .on("job", arguments -> awaited((JobId) arguments[0]))
                .get();
    }

    /** As the host's own does, in memory. */
    /** The arguments: a caller, a key, a fingerprint and jobs. */
    @SuppressWarnings("unchecked")
    private List<Submission> once(Object[] asked) {
        List<JobSpecification> jobs = (List<JobSpecification>) asked[3];
        return once.computeIfAbsent(
                asked[1] + " " + asked[2], any -> host.jobs().submitAll(jobs));
    }

    private Job awaited(JobId id) {
        requireView();
        TestJob job = host.job(id);
        switch (job.job().type()) {
            case "long" -> host.advance(Duration.ZERO);
            case "ask" -> job.awaitWaiting();
            default -> job.awaitEnd();
        }
        return job.job();
    }

    private void requireView() {
        if (!mayView) {
            throw new AccessException("user ann may not view jobs; the permission view is missing", "view");
        }
    }

    private Job seen(JobId id) {
        requireView();
        return job(id);
    }

    private StatusReporter reporter(Caller caller) {
        callers.add(caller);
        return Stub.<StatusReporter>of(StatusReporter.class)
                .on("resolve", arguments -> JobId.of((String) arguments[0]))
                .on("status", arguments -> seen((JobId) arguments[0]))
                .on("result", arguments -> result(host.job((JobId) arguments[0])))
                .on("explain", arguments -> explanation(seen((JobId) arguments[0])))
                .on("progress", arguments -> Optional.ofNullable(progress))
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

    /** As the store tells of a commit. */
    void changed(String id) {
        JobSummary after =
                Stub.<JobSummary>of(JobSummary.class).with("id", JobId.of(id)).get();
        listening.committed(List.of(new Committed(null, after, false, null, false)));
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
        JsonNode answer = said(protocol.answer(Caller.user("ann"), request(method, params), null, channel)
                .get());
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

    static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    /** With headers of HTTP. */
    RpcAnswer http(String method, String params, Map<String, String> headers) throws Exception {
        return protocol.answer(Caller.user("ann"), request(method, params), name -> header(headers, name), channel)
                .get();
    }

    private static @Nullable String header(Map<String, String> headers, String name) {
        return headers.get(name);
    }

    @Override
    public void close() {
        try {
            listening.stop();
            waits.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.countDown();
        host.close();
    }
}
