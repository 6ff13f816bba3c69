// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.matrix;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.EventCursor;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobType;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.UsageQuery;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What a bundle may ask of the services, by the names that the permission matrix gives the calls. */
public final class BundleCalls {

    /** A call; what it answers is text for the test. */
    interface Call {
        Object of(Speaker speaker, String target) throws InterruptedException;
    }

    private static final JobSpecification ECHO =
            JobSpecification.type("echo").payload(Map.of()).build();
    private static final BulkRequest DELETE = new BulkRequest(
            BulkAction.DELETE, JobFilter.ALL.withStatus(JobStatus.COMPLETED).withType("nothing"), null);
    private static final String DONE = "done";

    private final Map<String, Call> calls = new HashMap<>();

    BundleCalls() {
        submits();
        looks();
        changes();
        schedules();
        hosts();
    }

    Call named(String name) {
        Call call = calls.get(name);
        if (call == null) {
            throw new IllegalArgumentException("no call is named " + name);
        }
        return call;
    }

    /** The methods of the services that no call asks. */
    public static Set<String> unasked() {
        Set<String> left = new TreeSet<>();
        Speaker speaker = new Speaker(
                recorded(JobManager.class, left),
                recorded(StatusReporter.class, left),
                recorded(ScheduleManager.class, left),
                () -> DONE);
        new BundleCalls().calls.values().forEach(call -> ask(call, speaker));
        return left;
    }

    private static void ask(Call call, Speaker speaker) {
        try {
            call.of(speaker, new JobId(new UUID(0, 1)).toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that takes from a list what it is asked. */
    private static <T> T recorded(Class<T> service, Set<String> left) {
        for (Method method : service.getMethods()) {
            left.add(service.getSimpleName() + "." + method.toGenericString());
        }
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    left.remove(service.getSimpleName() + "." + method.toGenericString());
                    Class<?> type = method.getReturnType();
                    return type == int.class ? (Object) 0 : type == boolean.class ? (Object) false : null;
                }));
    }

    private interface Change {
        void make(Speaker speaker, String target);
    }

    private void change(String name, Change change) {
        calls.put(name, (speaker, target) -> {
            change.make(speaker, target);
            return DONE;
        });
    }

    private void submits() {
        calls.put("submit", (by, none) -> by.jobs().submit(ECHO));
        calls.put(
                "submitTyped",
                (by, none) -> by.jobs().submit(JobType.of("echo", Object.class, Object.class), Map.of()));
        calls.put("submitAll", (by, none) -> by.jobs().submitAll(List.of(ECHO)));
        calls.put("preview", (by, none) -> by.jobs().preview(ECHO));
        calls.put(
                "depend",
                (by, id) -> by.jobs()
                        .submit(JobSpecification.type("echo")
                                .payload(Map.of())
                                .dependsOn(JobId.of(id))
                                .build()));
        calls.put("fork", (by, id) -> by.jobs().fork(JobId.of(id), "none"));
        calls.put("specification", (by, id) -> by.jobs().specification(JobId.of(id)));
    }

    private void looks() {
        calls.put("job", (by, id) -> by.jobs().job(JobId.of(id)));
        calls.put("await", (by, id) -> by.jobs().await(JobId.of(id), Duration.ZERO));
        calls.put("status", (by, id) -> by.status().status(JobId.of(id)));
        calls.put("find", (by, none) -> by.status().find(JobQuery.all(2)));
        calls.put("findOf", (by, user) -> by.status().find(JobQuery.of(JobFilter.ALL.withSubmitter(user), 1)));
        calls.put("facets", (by, none) -> by.status().facets(JobFilter.ALL));
        calls.put("result", (by, id) -> by.status().result(JobId.of(id)));
        calls.put("payload", (by, id) -> by.status().payload(JobId.of(id)));
        calls.put("history", (by, id) -> by.status().history(JobId.of(id)));
        calls.put("log", (by, id) -> by.status().log(JobId.of(id)));
        calls.put("steps", (by, id) -> by.status().steps(JobId.of(id)));
        calls.put("explain", (by, id) -> by.status().explain(JobId.of(id)));
        calls.put("graph", (by, id) -> by.status().graph(JobId.of(id), 3));
        calls.put("group", (by, user) -> by.status().group("all", user));
        calls.put("stream", (by, id) -> by.status().stream(JobId.of(id), 0, 10));
        calls.put("hidesPayload", (by, id) -> by.status().hidesPayload(JobId.of(id)));
        calls.put("queueOf", (by, id) -> by.status().queue(by.jobs().job(JobId.of(id))));
        calls.put("dependencies", (by, id) -> by.status().dependencies(JobId.of(id)));
        calls.put("endedBecauseOf", (by, id) -> by.status().endedBecauseOf(JobId.of(id), 3));
        calls.put("logAfter", (by, id) -> by.status().logAfter(JobId.of(id), 0));
        calls.put("stepValue", (by, id) -> by.status().stepValue(JobId.of(id), "none"));
        calls.put("signals", (by, id) -> by.status().signals(JobId.of(id)));
        calls.put("stacks", (by, id) -> by.status().stacks(JobId.of(id)));
        calls.put("uses", (by, id) -> by.status().uses(JobId.of(id)));
        calls.put("progress", (by, id) -> by.status().progress(JobId.of(id)));
        calls.put("resolve", (by, none) -> by.status().resolve("ffffffff"));
        calls.put("histories", (by, none) -> by.status().histories(List.of()));
        calls.put("pending", (by, none) -> by.status().pending(JobFilter.ALL, 3));
        calls.put("allUses", (by, none) -> by.status().allUses(Instant.EPOCH, Instant.now(), null, 3));
        calls.put("newestCursor", (by, none) -> by.status().newestCursor());
        calls.put("events", (by, none) -> by.status().events(EventCursor.START, 2));
        calls.put("statistics", (by, none) -> by.status().statistics());
        calls.put("activity", (by, none) -> by.status().activity());
        calls.put("load", (by, none) -> by.status().load());
        calls.put(
                "samples",
                (by, none) -> by.status()
                        .samples(new SampleQuery(SampleStep.HOUR, Instant.EPOCH, Instant.now(), null, null)));
        calls.put("slots", (by, none) -> by.status().slots());
        calls.put(
                "usage",
                (by, none) -> by.status()
                        .usage(new UsageQuery(
                                Instant.EPOCH,
                                Instant.now(),
                                List.of("type"),
                                null,
                                ZoneOffset.UTC,
                                null,
                                null,
                                null)));
    }

    private void changes() {
        calls.put("cancel", (by, id) -> by.jobs().cancel(JobId.of(id)));
        calls.put("retry", (by, id) -> by.jobs().retry(JobId.of(id)));
        calls.put("retryFrom", (by, id) -> by.jobs().retry(JobId.of(id), "none"));
        calls.put("retryWithDependents", (by, id) -> by.jobs().retryWithDependents(JobId.of(id)));
        calls.put("signal", (by, id) -> by.jobs().signal(JobId.of(id), "approved", "ann"));
        calls.put("change", (by, id) -> by.jobs().change(JobId.of(id), new JobChange().priority(9)));
        calls.put("label", (by, id) -> by.jobs().change(JobId.of(id), new JobChange().label("a", "b")));
        calls.put("runNow", (by, id) -> by.jobs().runNow(JobId.of(id)));
        calls.put("pauseJob", (by, id) -> by.jobs().pauseJob(JobId.of(id), null, null));
        calls.put("resumeJob", (by, id) -> by.jobs().resumeJob(JobId.of(id)));
        calls.put("callback", (by, none) -> by.jobs().completeCallback("of nobody", 1));
        calls.put("failCallback", (by, none) -> by.jobs().failCallback("of nobody", "why not"));
        calls.put("previewDelete", (by, none) -> by.jobs().previewBulk(DELETE));
        calls.put("delete", (by, none) -> by.jobs().beginBulk(DELETE));
        calls.put("bulks", (by, none) -> by.jobs().bulks(2));
        calls.put("bulk", (by, none) -> by.jobs().bulk(999));
        calls.put("stopBulk", (by, none) -> by.jobs().stopBulk(999));
        calls.put("jobsOfOlga", (by, none) -> by.jobs().as("olga"));
        calls.put("statusForOlga", (by, none) -> by.status().as("olga"));
        calls.put("intercept", (by, none) -> by.interception().get());
        calls.put("schedulesOfOlga", (by, none) -> by.schedules().as("olga"));
    }

    private void schedules() {
        calls.put("schedules", (by, none) -> by.schedules().schedules());
        calls.put("previewSchedule", (by, name) -> by.schedules().preview(name, 2));
        calls.put("addSchedule", (by, name) -> by.schedules().add(daily(name)));
        calls.put("previewNewSchedule", (by, name) -> by.schedules().preview(daily(name), 2));
        calls.put("changeSchedule", (by, name) -> by.schedules().change(daily(name)));
        change("removeSchedule", (by, name) -> by.schedules().remove(name));
        change("pauseSchedule", (by, name) -> by.schedules().pause(name, null, null));
        change("resumeSchedule", (by, name) -> by.schedules().resume(name));
        calls.put("runSchedule", (by, name) -> by.schedules().run(name));
        calls.put(
                "backfill",
                (by, name) -> by.schedules()
                        .backfill(
                                name,
                                Instant.now().minus(Duration.ofHours(3)),
                                Instant.now().minus(Duration.ofHours(1))));
    }

    private static ScheduleSpecification daily(String name) {
        return ScheduleSpecification.named(name, ECHO).every(Duration.ofDays(1)).build();
    }

    private void hosts() {
        calls.put("queues", (by, none) -> by.status().queues());
        calls.put("pauses", (by, none) -> by.status().pauses());
        calls.put("limits", (by, none) -> by.status().limits());
        calls.put("canaries", (by, none) -> by.status().canaries());
        calls.put("hosts", (by, none) -> by.status().hosts());
        calls.put("handlers", (by, none) -> by.status().handlers());
        calls.put("deployed", (by, none) -> by.status().deployed());
        calls.put("schema", (by, none) -> by.status().schema("echo"));
        calls.put("doctor", (by, none) -> by.status().doctor());
        change("pause", (by, queue) -> by.jobs().pause(PauseTarget.queue(queue), null, null));
        change("resume", (by, queue) -> by.jobs().resume(PauseTarget.queue(queue)));
        change("drain", (by, none) -> by.jobs().drain("nobody"));
        change("endDrain", (by, none) -> by.jobs().endDrain(null));
        change("release", (by, none) -> by.jobs().release("com.acme.nothing"));
        change("setLimit", (by, name) -> by.jobs().setLimit(name, Map.of("running.max", "2")));
        change("removeLimit", (by, name) -> by.jobs().removeLimit(name));
        change("setQueue", (by, name) -> by.jobs().setQueue(name, Map.of("running.max", "2")));
        change("removeQueue", (by, name) -> by.jobs().removeQueue(name));
    }
}
