// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.StepKind;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.StoredStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A good request for each route, or several; what it is about is made for it, and belongs to somebody. */
final class RouteExamples {

    /** A request, and what it takes beside that which the table says: what is done to many jobs takes what it takes for each. */
    record Example(String path, @Nullable String body, Permission... more) {}

    private static final String ECHO =
            "{\"type\": \"echo\", \"payload\": {\"text\": \"hi\"}, \"labels\": {\"run\": \"night\"}}";

    private final RestFixture host;
    private final AtomicInteger made = new AtomicInteger();
    private final Map<String, List<Function<String, Example>>> examples = new HashMap<>();

    RouteExamples(RestFixture host) {
        this.host = host;
        jobs();
        changes();
        bulk();
        queues();
        schedules();
        hosts();
        new IdentityExamples(host.identities, made, this::add);
    }

    List<Function<String, Example>> of(Route route) {
        return examples.getOrDefault(route.name(), List.of());
    }

    private void add(String route, Function<String, Example> example) {
        examples.computeIfAbsent(route, name -> new java.util.ArrayList<>()).add(example);
    }

    private void get(String route, String path) {
        add(route, owner -> new Example(path, null));
    }

    private void of(String route, Function<String, JobId> job, String rest, @Nullable String body) {
        add(route, owner -> new Example("/jobs/" + job.apply(owner) + rest, body));
    }

    private JobId queued(String owner) {
        return host.submit(owner, "slow");
    }

    private JobId completed(String owner) {
        return host.completed(owner, "echo");
    }

    private JobId stepped(String owner) {
        JobId id = queued(owner);
        host.start();
        host.step(id, "sum/up", "{\"sum\": 3}");
        host.end(id, new Outcome.Completed("{}"));
        return id;
    }

    private JobId late(String owner) {
        return host.jobs(owner)
                .submit(JobSpecification.type("echo")
                        .payload(Map.of("text", "late"))
                        .notBefore(host.clock.instant().plusSeconds(3600))
                        .build())
                .id();
    }

    private JobId paused(String owner) {
        JobId id = queued(owner);
        host.scheduler.of(Caller.administrator("root")).pauseJob(id, "why not", null);
        return id;
    }

    private void jobs() {
        add("submitJob", owner -> new Example("/jobs", ECHO));
        add("previewJob", owner -> new Example("/jobs/preview", ECHO));
        add("submitJobs", owner -> new Example("/jobs/batch", "{\"jobs\": [" + ECHO + "," + ECHO + "]}"));
        add("listJobs", owner -> {
            queued(owner);
            return new Example("/jobs?limit=2&status=queued&type=slow&label=a=b&label=c=d&since=2h", null);
        });
        add("listJobs", owner -> {
            queued(owner);
            return new Example("/jobs?limit=2", null);
        });
        add("listReadyJobs", owner -> {
            queued(owner);
            return new Example("/jobs/ready?limit=2", null);
        });
        get("countJobs", "/jobs/facets?type=slow");
        of("getJob", this::completed, "", null);
        of("getJob", this::queued, "", null);
        of("getResult", this::completed, "/result", null);
        of("getHistory", owner -> host.failed(owner, "echo"), "/history", null);
        of("explainJob", this::late, "/explain", null);
        of("getGraph", this::completed, "/graph?limit=3", null);
        of("listSteps", this::completed, "/steps", null);
        of("getStepValue", this::stepped, "/steps/value?step=sum%2Fup", null);
        of("getLog", this::completed, "/log", null);
        of("getStream", this::completed, "/stream", null);
    }

    private void changes() {
        of("changeJob", this::queued, "", "{\"priority\": 3, \"queue\": null}");
        add(
                "changeJob",
                owner -> new Example("/jobs/" + queued(owner), "{\"labels\": {\"a\": \"b\"}}", Permission.IMPERSONATE));
        of("cancelJob", this::queued, "/cancel", null);
        of("retryJob", owner -> host.failed(owner, "echo"), "/retry", "{}");
        of("retryJob", owner -> host.failed(owner, "echo"), "/retry", "{\"withDependents\": true}");
        of("runJobNow", this::late, "/run-now", null);
        of("signalJob", this::queued, "/signal/go", "{\"value\": {\"by\": \"ann\"}}");
        of("pauseJob", this::queued, "/pause", "{\"reason\": \"later\", \"until\": \"2h\"}");
        of("resumeJob", this::paused, "/resume", null);
        of("cloneJob", this::completed, "/clone", "{\"priority\": 4}");
        of("forkJob", this::stepped, "/fork", "{\"fromStep\": \"sum/up\"}");
        add("answerCallback", owner -> new Example("/callbacks/" + callback(owner), "{\"value\": 7}"));
    }

    private String callback(String owner) {
        JobId id = queued(owner);
        host.start();
        CallbackToken token = CallbackToken.of(id, RandomGenerator.getDefault());
        host.end(
                id,
                new Outcome.WaitsFor(StoredStep.begun(
                        1,
                        "callback",
                        StepKind.CALLBACK,
                        1,
                        host.clock.instant(),
                        host.clock.instant().plusSeconds(60),
                        token.signal())));
        return token.text();
    }

    private void bulk() {
        String request = "{\"action\": \"cancel\", \"filter\": {\"status\": \"queued\", \"type\": \"nothing\"}";
        add("beginBulk", owner -> new Example("/bulk", request + "}", Permission.CANCEL));
        add("previewBulk", owner -> new Example("/bulk/preview", request + "}", Permission.CANCEL));
        String delete = "{\"action\": \"delete\", \"filter\": {\"type\": \"echo\"}}";
        add("previewBulk", owner -> new Example("/bulk/preview", delete, Permission.ADMIN));
        get("listBulks", "/bulk?limit=3");
        add("getBulk", owner -> new Example("/bulk/" + begun(owner), null));
        add("stopBulk", owner -> new Example("/bulk/" + begun(owner) + "/stop", null, Permission.RETRY));
    }

    private int begun(String owner) {
        return host.jobs(owner)
                .beginBulk(new BulkRequest(BulkAction.RETRY, JobFilter.ALL.withStatus(JobStatus.FAILED), null))
                .number();
    }

    private void queues() {
        get("listQueues", "/queues");
        get("listLimits", "/limits");
        add("setLimit", owner -> new Example("/limits/" + limit(), "{\"settings\": {\"rate.tokens\": \"9/m\"}}"));
        add("removeLimit", owner -> new Example("/limits/" + limit(), null));
        add("setQueue", owner -> new Example("/queues/" + queue(), "{\"settings\": {\"running.max\": \"3\"}}"));
        add("removeQueue", owner -> new Example("/queues/" + queue(), null));
        add("pauseQueue", owner -> new Example("/queues/q" + made.incrementAndGet() + "/pause", "{\"reason\": \"r\"}"));
        add("resumeQueue", owner -> new Example("/queues/" + pausedQueue() + "/resume", null));
        add("pauseJobs", owner -> new Example("/pauses", "{\"target\": \"type:t" + made.incrementAndGet() + "\"}"));
        add("resumeJobs", owner -> new Example("/pauses/" + pausedQueue(), null));
    }

    private String limit() {
        String name = "l" + made.incrementAndGet();
        host.scheduler.of(Caller.administrator("root")).setLimit(name, Map.of("running.max", "2"));
        return name;
    }

    private String queue() {
        String name = "q" + made.incrementAndGet();
        host.scheduler.of(Caller.administrator("root")).setQueue(name, Map.of("running.max", "2"));
        return name;
    }

    private String pausedQueue() {
        String name = "q" + made.incrementAndGet();
        host.scheduler.of(Caller.administrator("root")).pause(PauseTarget.queue(name), null, null);
        return name;
    }

    private void schedules() {
        get("listSchedules", "/schedules");
        add(
                "addSchedule",
                owner -> new Example(
                        "/schedules",
                        "{\"name\": \"s" + made.incrementAndGet()
                                + "\", \"cron\": \"0 2 * * *\", \"zone\": \"Europe/Berlin\","
                                + " \"missed\": \"all:3\", \"grace\": \"2m\", \"job\": " + ECHO + "}"));
        add(
                "previewNewSchedule",
                owner -> new Example(
                        "/schedules/preview", "{\"name\": \"dry\", \"every\": \"1h\", \"job\": " + ECHO + "}"));
        add("getSchedule", owner -> new Example("/schedules/" + schedule(owner), null));
        add(
                "changeSchedule",
                owner -> new Example("/schedules/" + schedule(owner), "{\"every\": \"2h\", \"end\": null}"));
        add(
                "previewScheduleChange",
                owner -> new Example(
                        "/schedules/" + schedule(owner) + "/preview", "{\"cron\": \"@daily\", \"limit\": 3}"));
        add("removeSchedule", owner -> new Example("/schedules/" + schedule(owner), null));
        add("pauseSchedule", owner -> new Example("/schedules/" + schedule(owner) + "/pause", "{\"until\": \"1d\"}"));
        add("resumeSchedule", owner -> {
            String name = schedule(owner);
            host.schedules(owner).pause(name, null, null);
            return new Example("/schedules/" + name + "/resume", null);
        });
        add("runSchedule", owner -> new Example("/schedules/" + schedule(owner) + "/run", null));
        add("previewSchedule", owner -> new Example("/schedules/" + schedule(owner) + "/preview?limit=3", null));
        add(
                "backfillSchedule",
                owner -> new Example(
                        "/schedules/" + schedule(owner) + "/backfill", "{\"from\": \"3h\", \"to\": \"1h\"}"));
    }

    private String schedule(String owner) {
        String name = "s" + made.incrementAndGet();
        JobSpecification job =
                JobSpecification.type("echo").payload(Map.of("text", "x")).build();
        host.schedules(owner)
                .add(ScheduleSpecification.named(name, job)
                        .every(Duration.ofHours(1))
                        .build());
        return name;
    }

    private void hosts() {
        get("listHandlers", "/handlers");
        get("listTypes", "/types");
        get("getType", "/types/echo");
        add("getGroup", owner -> {
            String group = "g" + made.incrementAndGet();
            host.jobs(owner)
                    .submit(JobSpecification.type("echo")
                            .payload(Map.of("text", "x"))
                            .group(group)
                            .build());
            return new Example("/groups/" + group + "?submitter=" + owner, null);
        });
        get("getUsage", "/usage?by=type,label.run&per=day&zone=UTC");
        get("getStatistics", "/statistics");
        get("listSamples", "/samples?step=minute&type=echo");
        get("listHosts", "/hosts");
        add("drainHost", owner -> new Example("/hosts/test/drain", null));
        add("endDrain", owner -> {
            host.scheduler.of(Caller.administrator("root")).drain("test");
            return new Example("/hosts/test/end-drain", null);
        });
        get("listCanaries", "/canaries");
        add("releaseBundle", owner -> new Example("/bundles/some.handlers%201.0.0/release", null));
        get("askDoctor", "/doctor");
        get("readAudit", "/audit?limit=5&since=2h");
        add("proveAudit", owner -> new Example("/audit/proof", null));
        get("getMe", "/me");
        add(
                "changeMyPassword",
                owner -> new Example(
                        "/me/password", "{\"password\": \"four words and more\", \"next\": \"other words and more\"}"));
    }
}
